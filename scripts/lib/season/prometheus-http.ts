import type { RangeQueries } from '@wedsync/season-analytics';
import { failure } from './failure.ts';

const TIMEOUT = 60_000;

/** What Prometheus' API answers to a range query that went well. */
interface RangeAnswer {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data?: {
    readonly resultType: string;
    readonly result: readonly { readonly values?: readonly [number, string][] }[];
  };
}

/** Range queries by the HTTP API of the Prometheus at `url`. Rejects with a sentence when it refuses or does not answer. */
export function prometheusAt(url: string, signal?: AbortSignal): RangeQueries {
  return {
    name: url,
    async range(expression, { from, to, step }) {
      const body = new URLSearchParams({
        query: expression,
        start: seconds(from),
        end: seconds(to),
        step: seconds(step),
      });
      const deadline = AbortSignal.timeout(TIMEOUT);
      const response = await fetch(`${url}/api/v1/query_range`, {
        method: 'POST',
        body,
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      }).catch((error: Error) => {
        if (signal?.aborted) throw error;
        throw failure(
          `${url} does not answer (${(error.cause as Error | undefined)?.message ?? error.message}). Is it the address of a Prometheus?`,
        );
      });
      const answer = (await response.json().catch(() => undefined)) as RangeAnswer | undefined;
      if (answer?.status !== 'success' || answer.data === undefined)
        throw failure(
          `${url} refused "${expression}" with status ${response.status}: ${answer?.error ?? 'it is no Prometheus, or gave no reason'}`,
        );
      const [series, ...more] = answer.data.result;
      if (more.length > 0)
        throw failure(`${url} gave ${more.length + 1} series for "${expression}", which must give one.`);
      return new Map(
        (series?.values ?? [])
          .map(([at, value]) => [at * 1000, Number(value)] as const)
          .filter(([, value]) => Number.isFinite(value)),
      );
    },
  };
}

function seconds(milliseconds: number): string {
  return String(milliseconds / 1000);
}
