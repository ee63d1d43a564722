import {
  addDays,
  answerLifetime,
  changesOf,
  confirmationFor,
  dateIn,
  daysBetween,
  movedLifetime,
  negativeLifetime,
  shouldRefreshEarly,
  similarityFloor,
  startOfDate,
  type CalendarDate,
  type Clock,
  type Lifetime,
  type TimeZone,
} from '@wedsync/domain';
import type { Frame } from '../ports/warm-tier.ts';
import type { Entry } from './entry.ts';
import { weddingDigest } from './place.ts';
import type { QuestionContext } from './question.ts';
import type { WeddingDates } from './wedding-dates.ts';

/** All dates of the accepted years are fewer than 37,000; far fewer are asked about. */
const MOST_DATES = 5000;

/** What lifetimes depend on. */
export interface LifetimesParts {
  readonly clock: Clock;
  /** The zone of the couples' calendars in this region. */
  readonly zone: TimeZone;
  readonly weddings: WeddingDates;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
}

/** How long answers live, by whose they are and when the wedding is. The rules are the domain's; this brings them the facts. */
export class Lifetimes {
  readonly zone: TimeZone;
  readonly #parts: LifetimesParts;
  #today = '';
  #todayFrom = Infinity;
  #todayUntil = -Infinity;
  #daysAway = new Map<CalendarDate, number>();

  constructor(parts: LifetimesParts) {
    this.#parts = parts;
    this.zone = parts.zone;
  }

  /** The lifetime of an answer given now. A wedding whose date the question does not state counts with the one that is known of it. */
  async of(context: QuestionContext, partition: string, now: number): Promise<Lifetime> {
    const { zone, random } = this.#parts;
    const weddingDate = await this.#dateOf(context, partition);
    const changesAt = changesOf({ ...context, weddingDate }, zone);
    return answerLifetime({ vendorType: context.vendorType, weddingDate, zone, now, changesAt }, random);
  }

  /** The lifetime of a definite "no answer". */
  ofNo(now: number): Lifetime {
    return negativeLifetime(now, Infinity);
  }

  /** The lifetime of an answer that is not stored. */
  none(now: number): Lifetime {
    return { bornAt: now, freshUntil: now, staleUntil: now, goneAt: now };
  }

  /** The lifetime of an answer in `frame` whose wedding has moved to `weddingDate`; `undefined` when it is gone by the new date. */
  moved(lifetime: Lifetime, { vendorType }: Frame, weddingDate: CalendarDate): Lifetime | undefined {
    const { clock, zone, random } = this.#parts;
    return movedLifetime(lifetime, { vendorType, weddingDate, zone, now: clock.now() }, random);
  }

  /** Whether this request refreshes an answer that is still fresh. */
  refreshEarly({ lifetime: { freshUntil }, making, calmUntil }: Entry, now: number): boolean {
    // Nearly every request comes long before: a glance is enough, and no chance need be drawn.
    if (now < calmUntil) return false;
    const { random } = this.#parts;
    return shouldRefreshEarly({ now, freshUntil, originMilliseconds: making.milliseconds, random });
  }

  /** Least similarity of a candidate for a question that states this date. */
  similarityFloor(weddingDate: CalendarDate | undefined): number {
    return similarityFloor(this.#daysUntil(weddingDate));
  }

  /** Whether a verdict that was given earlier counts for a question that states this date. */
  trustsEarlierVerdicts(weddingDate: CalendarDate | undefined): boolean {
    return confirmationFor(this.#daysUntil(weddingDate)) === 'any-verdict';
  }

  /** Days to a wedding; a calendar's arithmetic is slow, and the same dates come all day long. */
  #daysUntil(date: CalendarDate | undefined): number | undefined {
    if (date === undefined) return undefined;
    const now = this.#parts.clock.now();
    if (now < this.#todayFrom || now >= this.#todayUntil || this.#daysAway.size > MOST_DATES) this.#beginDay(now);
    let days = this.#daysAway.get(date);
    if (days === undefined) this.#daysAway.set(date, (days = daysBetween(this.#today, date)));
    return days;
  }

  #beginDay(now: number): void {
    this.#today = dateIn(this.zone, now);
    this.#todayFrom = startOfDate(this.zone, this.#today);
    this.#todayUntil = startOfDate(this.zone, addDays(this.#today, 1));
    this.#daysAway = new Map();
  }

  async #dateOf({ weddingId, weddingDate }: QuestionContext, partition: string): Promise<CalendarDate | undefined> {
    if (weddingDate !== undefined || weddingId === undefined) return weddingDate;
    return this.#parts.weddings.of(partition, weddingDigest(weddingId));
  }
}
