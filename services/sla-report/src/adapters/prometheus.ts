import type { Line, Metrics, Span } from '../ports/metrics.ts';
import { SlaError } from '../sla-error.ts';

/** Milliseconds to wait for an answer: a week of every objective takes less than a second. */
const PATIENCE = 60_000;

interface Answer<Data> {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data?: Data;
}

interface Matrix {
  readonly result: readonly {
    readonly metric: Record<string, string>;
    readonly values: readonly (readonly [at: number, value: string])[];
  }[];
}

/** Prometheus' HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/). */
export class PrometheusMetrics implements Metrics {
  readonly name: string;
  readonly #signal: AbortSignal | undefined;

  /** @param signal ends what is under way */
  constructor(url: string, signal?: AbortSignal) {
    this.name = url.replace(/\/+$/, '');
    this.#signal = signal;
  }

  async range(query: string, { from, until, step }: Span): Promise<readonly Line[]> {
    const body = new URLSearchParams({ query, start: String(from), end: String(until), step: String(step) });
    const response = await this.#fetch('query_range', { method: 'POST', body });
    const answer = (await response.json().catch(() => undefined)) as Answer<Matrix> | undefined;
    if (answer?.status !== 'success' || answer.data === undefined) {
      const why = answer?.error ?? 'it is no Prometheus, or gave no reason';
      throw new SlaError(`${this.name} refused "${query}" with status ${response.status}: ${why}`);
    }
    return answer.data.result.map(({ metric, values }) => ({
      labels: metric,
      points: values.map(([at, value]) => [at, number(value)] as const),
    }));
  }

  /** Others that answer PromQL do not know this question. */
  async retention(): Promise<string | undefined> {
    const response = await this.#fetch('status/runtimeinfo', {});
    const answer = (await response.json().catch(() => undefined)) as
      Answer<{ readonly storageRetention?: string }> | undefined;
    return answer?.data?.storageRetention;
  }

  async #fetch(what: string, init: RequestInit): Promise<Response> {
    const deadline = AbortSignal.timeout(PATIENCE);
    const signal = this.#signal === undefined ? deadline : AbortSignal.any([this.#signal, deadline]);
    try {
      return await fetch(`${this.name}/api/v1/${what}`, { ...init, signal });
    } catch (error) {
      if (this.#signal?.aborted) throw error;
      const { message, cause } = error as Error & { cause?: Error };
      throw new SlaError(
        `${this.name} does not answer (${cause?.message || message}). Is it the address of the region's Prometheus, and can this machine reach it?`,
      );
    }
  }
}

/** PromQL writes `+Inf`, which JavaScript does not read. */
function number(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
