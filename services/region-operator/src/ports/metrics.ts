import type { Line, Sample, Span } from '@wedsync/service-kit/promql';

export type { Line, Sample, Span };

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
