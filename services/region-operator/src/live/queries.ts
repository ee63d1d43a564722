/** What Prometheus is asked, as PromQL. */
import { METRICS as ENGINE } from '@wedsync/cache-engine/contract';
import { SERIES } from '../contract.ts';

/** Eight scrapes of the engines: one that is missed shows, and does not count for nothing. */
const WINDOW = '2m';

/** Answers that the cache may give: what went past it was nobody's to hit. */
const CACHEABLE = `${ENGINE.answers}{source!="bypass"}`;
const HITS = `${ENGINE.answers}{source!~"bypass|miss"}`;
const buckets = `rate(${ENGINE.duration}_bucket[${WINDOW}])`;

/** Engines that were scraped within a minute: after a restart of its own, Prometheus shows for five minutes what it knew before. */
const READ_LATELY = `(timestamp(${ENGINE.warmUp}) > time() - 60)`;

/** Asked at every poll. */
export const QUERIES = {
  answers: `sum by (source) (rate(${ENGINE.answers}[${WINDOW}]))`,
  errors: `sum by (status) (rate(${ENGINE.errors}[${WINDOW}]))`,
  originCalls: `sum by (outcome) (rate(${ENGINE.originCalls}[${WINDOW}]))`,
  breakers: `max by (route, state) (${ENGINE.breaker}) == 1`,
  engines: `count(${READ_LATELY})`,
  enginesWithoutRedis: `count((${ENGINE.warmUp} == 0) and ${READ_LATELY})`,
  hotEntries: `sum(${ENGINE.hotSize})`,
  hotBytes: `sum(${ENGINE.hotBytes})`,
  redis:
    '{__name__=~"redis_up|redis_instance_info|redis_memory_used_bytes|redis_memory_max_bytes|redis_connected_clients|redis_cluster_state"}',
  objectives: `{__name__=~"${Object.values(SERIES).join('|')}"}`,
} as const;

/** Quantiles that are shown. */
export const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Seconds within which a share of all answers came. */
export function latencyOfAll(quantile: number): string {
  return `histogram_quantile(${quantile}, sum by (le) (${buckets}))`;
}

/** The same, by where the answers came from. */
export function latencyBySource(quantile: number): string {
  return `histogram_quantile(${quantile}, sum by (le, source) (${buckets}))`;
}

/** Answers by source over the last `seconds`. */
export function answersOver(seconds: number): string {
  return `sum by (source) (increase(${ENGINE.answers}[${seconds}s]))`;
}

/** What the charts are drawn from. */
export const CHARTS = {
  requests: `sum(rate(${ENGINE.answers}[${WINDOW}]))`,
  hitRate: `sum(rate(${HITS}[${WINDOW}])) / sum(rate(${CACHEABLE}[${WINDOW}]))`,
} as const;
