/** What PromQL answers with and is asked about, in the words of every port that knows a Prometheus behind it. */

/** One series at one instant. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite, as PromQL's may. */
  readonly value: number;
}

/** One series over a time. */
export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  /** Epoch seconds and value, which may be NaN or infinite too; instants without a value are left out. */
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** Evenly spaced instants, epoch seconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly until: number;
  readonly step: number;
}
