import {
  type Alert,
  type Line,
  type Metrics,
  MetricsAway,
  QueryRefused,
  type Sample,
  type Span,
} from '../ports/metrics.ts';

/** Figures in memory, for tests: what was put in for a query is its answer. */
export class MemoryMetrics implements Metrics {
  /** Whether it answers at all. */
  up = true;
  alerts: readonly Alert[] = [];
  /** How often it was asked. */
  asked = 0;
  readonly #answers = new Map<string, readonly Sample[]>();
  readonly #answersAlike: (readonly [like: RegExp, samples: readonly Sample[]])[] = [];
  readonly #refused = new Map<string, string>();

  /** The answer to `query`, at every instant; the answer to queries that were not put in is empty. */
  put(query: string, samples: readonly Sample[]): void {
    this.#answers.set(query, samples);
  }

  /** The answer to queries that look like this and were not put in by themselves: their time spans follow the clock. */
  putLike(like: RegExp, samples: readonly Sample[]): void {
    this.#answersAlike.push([like, samples]);
  }

  /** `query` is not understood. */
  refuse(query: string, why: string): void {
    this.#refused.set(query, why);
  }

  async instant(query: string): Promise<readonly Sample[]> {
    this.#assertUp();
    const why = this.#refused.get(query);
    if (why !== undefined) throw new QueryRefused(query, why);
    return this.#answers.get(query) ?? this.#answersAlike.find(([like]) => like.test(query))?.[1] ?? [];
  }

  async range(query: string, { from, until, step }: Span): Promise<readonly Line[]> {
    const samples = await this.instant(query);
    const instants = Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, index) => from + index * step);
    return samples.map(({ labels, value }) => ({ labels, points: instants.map((at) => [at, value] as const) }));
  }

  async firing(): Promise<readonly Alert[]> {
    this.#assertUp();
    return this.alerts;
  }

  #assertUp(): void {
    this.asked++;
    if (!this.up) throw new MetricsAway('it was taken away');
  }
}
