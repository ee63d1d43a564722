import { type PrometheusClient, PrometheusAway, PrometheusRefused } from '@wedsync/service-kit/prometheus-client';
import type { Line, Metrics, Span } from '../ports/metrics.ts';
import { SlaError } from '../sla-error.ts';

/** The figures of a Prometheus. */
export class PrometheusMetrics implements Metrics {
  readonly #prometheus: PrometheusClient;

  constructor(prometheus: PrometheusClient) {
    this.#prometheus = prometheus;
  }

  get name(): string {
    return this.#prometheus.url;
  }

  range(query: string, span: Span): Promise<readonly Line[]> {
    return this.#prometheus.range(query, span).catch(inASentence);
  }

  retention(): Promise<string | undefined> {
    return this.#prometheus.retention().catch(inASentence);
  }
}

function inASentence(error: unknown): never {
  if (error instanceof PrometheusRefused) throw new SlaError(error.message);
  if (error instanceof PrometheusAway)
    throw new SlaError(`${error.message} Is it the address of the region's Prometheus, and can this machine reach it?`);
  throw error;
}
