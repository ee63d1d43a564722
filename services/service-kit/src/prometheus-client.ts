import type { Line, Sample, Span } from './promql.ts';

/** An alert as Prometheus has it. */
export interface AlertStatus {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  /** ISO 8601. */
  readonly activeAt: string;
}

/** Nobody answered, or not in time. */
export class PrometheusAway extends Error {
  readonly reason: string;

  constructor(url: string, reason: string) {
    super(`${url} does not answer (${reason}).`);
    this.name = 'PrometheusAway';
    this.reason = reason;
  }
}

/** Somebody answered, but not with what was asked for: 400 and 422 are about the query, everything else about the server. */
export class PrometheusRefused extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(url: string, query: string, status: number, reason: string) {
    super(`${url} refused "${query}" with status ${status}: ${reason}`);
    this.name = 'PrometheusRefused';
    this.status = status;
    this.reason = reason;
  }
}

export interface PrometheusClientOptions {
  /** Without the path of the API. */
  readonly url: string;
  /** Milliseconds to wait for an answer. */
  readonly patience: number;
  /** @default node's, which trusts the public authorities */
  readonly fetch?: typeof fetch | undefined;
  /** Ends what is under way. */
  readonly signal?: AbortSignal | undefined;
}

interface Vector {
  readonly metric: Record<string, string>;
  readonly value: readonly [at: number, value: string];
}

interface Matrix {
  readonly metric: Record<string, string>;
  readonly values: readonly (readonly [at: number, value: string])[];
}

interface Answer<Data> {
  readonly status?: string;
  readonly error?: string;
  readonly data?: Data;
}

const NO_REASON = 'it is no Prometheus, or gave no reason';

/**
 * Prometheus' HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/). Every call throws PrometheusAway or
 * PrometheusRefused, or what the signal says when that ends it.
 */
export class PrometheusClient {
  readonly url: string;
  readonly #options: PrometheusClientOptions;

  constructor(options: PrometheusClientOptions) {
    this.url = options.url.replace(/\/+$/, '');
    this.#options = options;
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

  async alerts(): Promise<readonly AlertStatus[]> {
    const { alerts } = await this.#ask<{ alerts: readonly AlertStatus[] }>('alerts');
    return alerts;
  }

  /** For how long it keeps what it hears, in its own words (`15d`); `undefined` for others that answer PromQL, which do not know the question. */
  async retention(): Promise<string | undefined> {
    try {
      const { storageRetention } = await this.#ask<{ storageRetention?: string }>('status/runtimeinfo');
      return storageRetention;
    } catch (error) {
      if (error instanceof PrometheusRefused) return undefined;
      throw error;
    }
  }

  async #ask<Data>(what: string, query?: Record<string, string>): Promise<Data> {
    const { patience, signal, fetch: request = fetch } = this.#options;
    const deadline = AbortSignal.timeout(patience);
    const response = await request(`${this.url}/api/v1/${what}`, {
      ...(query && { method: 'POST', body: new URLSearchParams(query) }),
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new PrometheusAway(this.url, reasonOf(error));
    });
    const answer = (await response.json().catch(() => ({}))) as Answer<Data>;
    if (response.ok && answer.status === 'success' && answer.data !== undefined) return answer.data;
    throw new PrometheusRefused(this.url, query?.['query'] ?? what, response.status, answer.error ?? NO_REASON);
  }
}

/** `fetch` hides what went wrong behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.message || cause?.code || message;
}

/** PromQL writes `+Inf`, which JavaScript does not read. */
function number(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
