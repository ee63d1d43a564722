import {
  type Alert,
  type Line,
  type Metrics,
  MetricsAway,
  QueryRefused,
  type Sample,
  type Span,
} from '../ports/metrics.ts';

/** Milliseconds to wait for an answer: longer than any query takes, shorter than two polls. */
const PATIENCE = 8_000;

interface Vector {
  readonly metric: Record<string, string>;
  readonly value: readonly [at: number, value: string];
}

interface Matrix {
  readonly metric: Record<string, string>;
  readonly values: readonly (readonly [at: number, value: string])[];
}

interface AlertStatus {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly state: string;
  readonly activeAt: string;
}

/** Prometheus' HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/). */
export class PrometheusMetrics implements Metrics {
  readonly #url: string;
  readonly #fetch: typeof fetch;

  /** @param url without a path */
  constructor(url: string, request: typeof fetch = fetch) {
    this.#fetch = request;
    this.#url = url.replace(/\/+$/, '');
  }

  async instant(query: string): Promise<readonly Sample[]> {
    const { result } = await this.#ask<{ result: readonly Vector[] }>('query', { query });
    return result.map(({ metric, value: [, value] }) => ({ labels: metric, value: number(value) }));
  }

  async range(query: string, { from, until, step }: Span): Promise<readonly Line[]> {
    const given = { query, start: String(from), end: String(until), step: String(step) };
    const { result } = await this.#ask<{ result: readonly Matrix[] }>('query_range', given);
    return result.map(({ metric, values }) => ({
      labels: metric,
      points: values.map(([at, value]) => [at, number(value)] as const),
    }));
  }

  async firing(): Promise<readonly Alert[]> {
    const { alerts } = await this.#ask<{ alerts: readonly AlertStatus[] }>('alerts');
    return alerts
      .filter(({ state }) => state === 'firing')
      .map(({ labels, annotations, activeAt }) => ({ labels, annotations, activeAt }));
  }

  async #ask<Data>(what: string, query?: Record<string, string>): Promise<Data> {
    const request = this.#fetch;
    const response = await request(`${this.#url}/api/v1/${what}`, {
      ...(query && { method: 'POST', body: new URLSearchParams(query) }),
      signal: AbortSignal.timeout(PATIENCE),
    }).catch((error: unknown) => {
      throw new MetricsAway(reasonOf(error));
    });
    const body = (await response.json().catch(() => ({}))) as { status?: string; data?: Data; error?: string };
    if (response.ok && body.status === 'success' && body.data !== undefined) return body.data;
    // 400 and 422 are about the query, everything else about Prometheus or what lies between.
    if (query !== undefined && (response.status === 400 || response.status === 422))
      throw new QueryRefused(query['query'] ?? '', body.error ?? `status ${response.status}`);
    throw new MetricsAway(body.error ?? `status ${response.status}`);
  }
}

/** `fetch` hides what went wrong behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}

/** PromQL writes `+Inf`, which JavaScript does not read. */
function number(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
