import type { Clock } from '@wedsync/domain';
import type { Metrics, Span } from '../ports/metrics.ts';
import type { History, HistoryLine } from '../wire.ts';
import { CHARTS, latencyOfAll, QUANTILES } from './queries.ts';

/** Points of a line: more than a screen has room for would be drawn over each other. */
const POINTS = 240;
/** Seconds; nothing is known more finely than it is scraped. */
const FINEST_STEP = 15;
/** Milliseconds for which the answer holds for whoever asks next. */
const HOLDS = 10_000;

/** The last minutes as lines, worked out once for all who open a page at about the same time. */
export class Charts {
  readonly #metrics: Metrics;
  readonly #clock: Clock;
  readonly #known = new Map<number, { readonly at: number; readonly history: Promise<History> }>();

  constructor(metrics: Metrics, clock: Clock) {
    this.#metrics = metrics;
    this.#clock = clock;
  }

  /** @throws MetricsAway */
  history(minutes: number): Promise<History> {
    const now = this.#clock.now();
    const known = this.#known.get(minutes);
    if (known !== undefined && now - known.at < HOLDS) return known.history;
    const history = this.#read(now, minutes);
    this.#known.set(minutes, { at: now, history });
    // What failed is asked again by whoever comes next.
    history.catch(() => this.#known.delete(minutes));
    return history;
  }

  async #read(now: number, minutes: number): Promise<History> {
    const step = Math.max(FINEST_STEP, Math.ceil((minutes * 60) / POINTS));
    const until = Math.floor(now / 1000 / step) * step;
    const span = { from: until - minutes * 60, until, step };
    const instants = Array.from(
      { length: Math.floor((until - span.from) / step) + 1 },
      (_, at) => span.from + at * step,
    );
    const line = (name: string, query: string) => this.#line(name, query, span, instants);
    const [requests, hitRate, ...latency] = await Promise.all([
      line('requests', CHARTS.requests),
      line('hit rate', CHARTS.hitRate),
      ...Object.entries(QUANTILES).map(([name, quantile]) => line(name, latencyOfAll(quantile))),
    ]);
    return { instants, requests: [requests], hitRate: [hitRate], latency };
  }

  async #line(name: string, query: string, span: Span, instants: readonly number[]): Promise<HistoryLine> {
    const [found] = await this.#metrics.range(query, span);
    const values = new Map(found?.points);
    return {
      name,
      values: instants.map((at) => {
        const value = values.get(at);
        return value === undefined || !Number.isFinite(value) ? null : value;
      }),
    };
  }
}
