/** One series at one instant. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite, as PromQL's may. */
  readonly value: number;
}

/** One series over a time. */
export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  /** Epoch seconds and value; instants without one are left out. */
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** Evenly spaced instants, epoch seconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly until: number;
  readonly step: number;
}

/** An alert that fires. */
export interface Alert {
  /** `alertname` among them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly activeAt: string;
}

/** Where figures come from: whoever answers PromQL. */
export interface Metrics {
  /** @throws MetricsAway, QueryRefused */
  instant(query: string): Promise<readonly Sample[]>;
  /** @throws MetricsAway, QueryRefused */
  range(query: string, span: Span): Promise<readonly Line[]>;
  /** Alerts that fire; those that wait for their time are left out. @throws MetricsAway */
  firing(): Promise<readonly Alert[]>;
}

/** Nobody answered, or not in time. */
export class MetricsAway extends Error {
  constructor(why: string) {
    super(`Prometheus does not answer (${why}).`);
    this.name = 'MetricsAway';
  }
}

/** The query was not understood, or is too much. */
export class QueryRefused extends Error {
  constructor(query: string, why: string) {
    super(`Prometheus refused ${query}: ${why}`);
    this.name = 'QueryRefused';
  }
}
