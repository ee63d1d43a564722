import type { RangeQueries } from '@wedsync/season-analytics';
import { type PrometheusClient, PrometheusAway, PrometheusRefused } from '@wedsync/service-kit/prometheus-client';
import { failure } from './failure.ts';

/** Range queries that one series answers. Rejects with a sentence when Prometheus refuses or does not answer. */
export function rangeQueries(prometheus: PrometheusClient): RangeQueries {
  return {
    name: prometheus.url,
    async range(expression, { from, to, step }) {
      const span = { from: from / 1000, until: to / 1000, step: step / 1000 };
      const lines = await prometheus.range(expression, span).catch((error: unknown) => {
        if (error instanceof PrometheusAway) throw failure(`${error.message} Is it the address of a Prometheus?`);
        if (error instanceof PrometheusRefused) throw failure(error.message);
        throw error;
      });
      const [series, ...more] = lines;
      if (more.length > 0)
        throw failure(`${prometheus.url} gave ${more.length + 1} series for "${expression}", which must give one.`);
      return new Map(
        (series?.points ?? [])
          .map(([at, value]) => [at * 1000, value] as const)
          .filter(([, value]) => Number.isFinite(value)),
      );
    },
  };
}
