import { Counter, Histogram, type Registry } from 'prom-client';

/**
 * A counter with one label whose values are known, for what is counted with every request: counting is one addition, and the
 * library is told when somebody looks.
 */
export class Tally<Name extends string> {
  readonly #counts: Record<Name, number>;

  constructor(registry: Registry, name: string, help: string, label: string, names: readonly Name[]) {
    const counts = zeros(names);
    this.#counts = counts;
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const one of names) this.inc({ [label]: one }, counts[one]);
      },
    });
  }

  /** Counts one more of `name`. */
  count(name: Name): void {
    this.#counts[name]++;
  }
}

/** Like Tally, with two labels. */
export class CrossTally<Row extends string, Column extends string> {
  readonly #counts: Record<Row, Record<Column, number>>;

  constructor(
    registry: Registry,
    name: string,
    help: string,
    labels: readonly [row: string, column: string],
    rows: readonly Row[],
    columns: readonly Column[],
  ) {
    const counts = Object.fromEntries(rows.map((row) => [row, zeros(columns)])) as Record<Row, Record<Column, number>>;
    this.#counts = counts;
    const [rowLabel, columnLabel] = labels;
    new Counter({
      name,
      help,
      labelNames: [rowLabel, columnLabel],
      registers: [registry],
      collect() {
        this.reset();
        for (const row of rows)
          for (const column of columns) this.inc({ [rowLabel]: row, [columnLabel]: column }, counts[row][column]);
      },
    });
  }

  /** Counts one more of `row` and `column`. */
  count(row: Row, column: Column): void {
    this.#counts[row][column]++;
  }
}

/** Observations of one label's value, by bucket; the last is for what exceeds every bound. */
interface Observed {
  readonly buckets: Float64Array;
  sum: number;
  /** By bucket, the observation that was last traced there. */
  readonly exemplars: ({ readonly trace: string; readonly value: number; readonly at: number } | undefined)[];
}

/** What the library's registry asks a metric for. */
interface Sample {
  readonly labels: Record<string, string | number>;
  readonly value: number;
  readonly metricName: string;
  readonly exemplar?: unknown;
}

/** A histogram with one label whose values are known, for what is observed with every request. */
export class TimeHistogram<Name extends string> extends Histogram {
  readonly #name: string;
  readonly #label: string;
  readonly #bounds: readonly number[];
  readonly #observed: Record<Name, Observed>;

  constructor(
    registry: Registry,
    options: {
      readonly name: string;
      readonly help: string;
      readonly label: string;
      readonly buckets: readonly number[];
    },
    names: readonly Name[],
  ) {
    const { name, help, label, buckets } = options;
    super({ name, help, labelNames: [label], buckets: [...buckets], registers: [registry] });
    this.#name = name;
    this.#label = label;
    this.#bounds = buckets;
    const none = (): Observed => ({ buckets: new Float64Array(buckets.length + 1), sum: 0, exemplars: [] });
    this.#observed = Object.fromEntries(names.map((one) => [one, none()])) as Record<Name, Observed>;
  }

  /** Notes `seconds` for `name`; `trace` is the id of the trace that shows it, where it was traced. */
  note(name: Name, seconds: number, trace?: string): void {
    const observed = this.#observed[name];
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket++;
    observed.buckets[bucket] = (observed.buckets[bucket] as number) + 1;
    observed.sum += seconds;
    if (trace !== undefined) observed.exemplars[bucket] = { trace, value: seconds, at: Date.now() };
  }

  /** What the registry prints, in the library's own form. */
  async getForPromString() {
    const names = Object.keys(this.#observed) as Name[];
    return {
      ...{ name: this.#name, type: 'histogram', aggregator: 'sum' },
      help: (this as unknown as { help: string }).help,
      values: names.flatMap((name) => this.#samples(name)),
    };
  }

  #samples(name: Name): readonly Sample[] {
    const { buckets, sum, exemplars } = this.#observed[name];
    const labels = { [this.#label]: name };
    let total = 0;
    const counted = [...buckets].map((count, index): Sample => {
      total += count;
      const le = this.#bounds[index] ?? '+Inf';
      const seen = exemplars[index];
      const exemplar = seen && { labelSet: { trace_id: seen.trace }, value: seen.value, timestamp: seen.at / 1000 };
      return { labels: { le, ...labels }, value: total, metricName: `${this.#name}_bucket`, exemplar };
    });
    return [
      ...counted,
      { labels, value: sum, metricName: `${this.#name}_sum` },
      { labels, value: total, metricName: `${this.#name}_count` },
    ];
  }
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}
