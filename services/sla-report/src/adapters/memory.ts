import type { Line, Metrics, Span } from '../ports/metrics.ts';

/** Figures in memory, for tests: series by the query that asks for them, in whatever order they were put in. */
export class MemoryMetrics implements Metrics {
  readonly name = 'memory';
  /** How often it was asked. */
  asked = 0;
  readonly #lines = new Map<string, readonly Line[]>();
  readonly #retention: string | undefined;

  constructor(retention?: string) {
    this.#retention = retention;
  }

  put(query: string, lines: readonly Line[]): void {
    this.#lines.set(query, lines);
  }

  async range(query: string, { from, until, step }: Span): Promise<readonly Line[]> {
    this.asked++;
    return (this.#lines.get(query) ?? []).map(({ labels, points }) => ({
      labels,
      points: points.filter(([at]) => at >= from && at <= until && (at - from) % step === 0),
    }));
  }

  async retention(): Promise<string | undefined> {
    return this.#retention;
  }
}
