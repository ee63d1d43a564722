import type { Clock, FreezePlan, TimeZone } from '@wedsync/domain';
import type { Metrics } from '../ports/metrics.ts';
import type { RegionFigures, Snapshot } from '../wire.ts';
import { calendarAt } from './calendar.ts';
import { readFigures, readSeason, type SeasonCounts } from './figures.ts';
import type { Hub } from './hub.ts';
import { verdictOn } from './verdict.ts';

/** Milliseconds between two looks at Prometheus, which itself looks every 15 seconds. */
const EVERY = 5_000;
/** Milliseconds for which the figures of the season hold. */
const SEASON_HOLDS = 60_000;

export interface PollerParts {
  readonly metrics: Metrics;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly zone: TimeZone;
  readonly freezePlan: FreezePlan;
  /** Told after each look. */
  readonly observe: (outcome: 'ok' | 'away') => void;
  /** Milliseconds between two looks. @default EVERY */
  readonly every?: number | undefined;
}

/** Looks at the region again and again, once for all who watch, and not at all while nobody does. */
export class Poller {
  readonly #parts: PollerParts;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #figures: RegionFigures | null = null;
  #away: Snapshot['away'] = null;
  #season: { readonly counts: SeasonCounts; readonly at: number } | undefined;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      if (this.#parts.hub.viewers > 0) void this.look();
    }, this.#parts.every ?? EVERY);
  }

  /** Ends the looking; resolves when none is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#looking;
  }

  /** Whether what was heard last is older than two looks: nobody watched for a while. */
  get stale(): boolean {
    const { hub, clock, every = EVERY } = this.#parts;
    return hub.latest === undefined || clock.now() - Date.parse(hub.latest.at) > 2 * every;
  }

  /** Looks now; whoever asks while a look is under way gets that one. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { metrics, hub, clock, zone, freezePlan, observe } = this.#parts;
    const now = clock.now();
    const at = new Date(now).toISOString();
    const { season, seasonSeconds, frozenNow, nextFrozen } = calendarAt(now, zone, freezePlan);
    try {
      this.#figures = await readFigures(metrics, await this.#seasonCounts(now, seasonSeconds), at);
      this.#away = null;
      observe('ok');
    } catch (error) {
      this.#away = { since: this.#away?.since ?? at, reason: (error as Error).message };
      observe('away');
    }
    const verdict = verdictOn(this.#figures, this.#away);
    hub.publish({ at, season, frozenNow, nextFrozen, figures: this.#figures, away: this.#away, verdict });
  }

  async #seasonCounts(now: number, seconds: number): Promise<SeasonCounts> {
    if (this.#season === undefined || now - this.#season.at > SEASON_HOLDS)
      this.#season = { counts: await readSeason(this.#parts.metrics, seconds), at: now };
    return this.#season.counts;
  }
}
