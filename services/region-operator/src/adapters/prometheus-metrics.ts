import { type PrometheusClient, PrometheusAway, PrometheusRefused } from '@wedsync/service-kit/prometheus-client';
import {
  type Alert,
  type Line,
  type Metrics,
  MetricsAway,
  QueryRefused,
  type Sample,
  type Span,
} from '../ports/metrics.ts';

/** Statuses that are about the query; every other one is about Prometheus or what lies between. */
const ABOUT_THE_QUERY: readonly number[] = [400, 422];

/** The figures of a Prometheus. */
export class PrometheusMetrics implements Metrics {
  readonly #prometheus: PrometheusClient;

  constructor(prometheus: PrometheusClient) {
    this.#prometheus = prometheus;
  }

  instant(query: string): Promise<readonly Sample[]> {
    return this.#prometheus.instant(query).catch(said(query));
  }

  range(query: string, span: Span): Promise<readonly Line[]> {
    return this.#prometheus.range(query, span).catch(said(query));
  }

  async firing(): Promise<readonly Alert[]> {
    const alerts = await this.#prometheus.alerts().catch(said());
    return alerts
      .filter(({ state }) => state === 'firing')
      .map(({ labels, annotations, activeAt }) => ({ labels, annotations, activeAt }));
  }
}

/** Throws what went wrong in the port's words. */
function said(query?: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof PrometheusRefused && query !== undefined && ABOUT_THE_QUERY.includes(error.status))
      throw new QueryRefused(query, error.reason);
    if (error instanceof PrometheusAway || error instanceof PrometheusRefused) throw new MetricsAway(error.reason);
    throw error;
  };
}
