import { type Objective, OBJECTIVES } from '@wedsync/domain';
import { SECOND_CALL, SERIES, WATCHDOG } from '../contract.ts';
import type { Alert, Metrics, Sample } from '../ports/metrics.ts';
import type {
  FiringAlert,
  ObjectiveFigures,
  Quantiles,
  RedisNode,
  RegionFigures,
  SourceFigures,
  Urgency,
} from '../wire.ts';
import { answersOver, latencyBySource, latencyOfAll, QUANTILES, QUERIES } from './queries.ts';

/** Where answers come from, nearest first; what Prometheus knows of others is shown behind them. */
const ORDER = ['hot', 'warm', 'cold', 'semantic', 'miss', 'bypass'];
const NO_HIT = ['miss', 'bypass'];
/** The worst first. */
const BREAKER_STATES = ['open', 'half-open', 'closed'];

/** Severities of the region's own alerts, and of those that come with kube-prometheus-stack. */
const URGENCIES: Readonly<Record<string, Urgency>> = { page: 'act', critical: 'act', ticket: 'look', warning: 'look' };
const BY_URGENCY: readonly Urgency[] = ['act', 'look', 'none'];

/** Answers by source over the season so far; it takes long to work out, and changes slowly. */
export type SeasonCounts = ReadonlyMap<string, number>;

/** @param seconds how long the season has lasted so far. @throws MetricsAway, QueryRefused */
export async function readSeason(metrics: Metrics, seconds: number): Promise<SeasonCounts> {
  return byLabel(await metrics.instant(answersOver(seconds)), 'source');
}

/** Everything that Prometheus says about the region now. @throws MetricsAway, QueryRefused */
export async function readFigures(metrics: Metrics, season: SeasonCounts, at: string): Promise<RegionFigures> {
  const ask = (query: string) => metrics.instant(query);
  const [answers, errors, originCalls, breakers, engines, withoutRedis, hotEntries, hotBytes, redis, rules] =
    await Promise.all([
      ask(QUERIES.answers),
      ask(QUERIES.errors),
      ask(QUERIES.originCalls),
      ask(QUERIES.breakers),
      ask(QUERIES.engines),
      ask(QUERIES.enginesWithoutRedis),
      ask(QUERIES.hotEntries),
      ask(QUERIES.hotBytes),
      ask(QUERIES.redis),
      ask(QUERIES.objectives),
    ]);
  const [all, bySource, firing] = await Promise.all([
    quantiles((quantile) => ask(latencyOfAll(quantile))),
    quantiles((quantile) => ask(latencyBySource(quantile))),
    metrics.firing(),
  ]);
  const rates = byLabel(answers, 'source');
  return {
    at,
    requestsPerSecond: rates.size === 0 ? null : sum(rates.values()),
    hitRate: hitRateOf(rates),
    seasonHitRate: hitRateOf(season),
    latency: latencyOf(all, () => true),
    sources: sourcesOf(rates, season, bySource),
    errors: [...byLabel(errors, 'status')].map(([status, perSecond]) => ({ status, perSecond })),
    originCalls: [...byLabel(originCalls, 'outcome')].map(([outcome, perSecond]) => ({ outcome, perSecond })),
    breakers: worstBreakers(breakers),
    engines: {
      running: one(engines) ?? 0,
      withoutRedis: one(withoutRedis) ?? 0,
      hotEntries: one(hotEntries) ?? 0,
      hotBytes: one(hotBytes) ?? 0,
    },
    redis: redisNodes(redis),
    objectives: objectivesOf(rules),
    alerts: firing
      // A second call is about the very alert that is shown.
      .filter(({ labels }) => !(SECOND_CALL.name in labels))
      .map(describeAlert)
      .filter(({ urgency }) => urgency !== 'none')
      .sort(byUrgency),
    watched: firing.some(({ labels }) => labels['alertname'] === WATCHDOG),
    weddingDay: flag(rules, SERIES.weddingDay),
  };
}

type ByQuantile = Readonly<Record<keyof Quantiles, readonly Sample[]>>;

async function quantiles(ask: (quantile: number) => Promise<readonly Sample[]>): Promise<ByQuantile> {
  const [p50, p95, p99] = await Promise.all([ask(QUANTILES.p50), ask(QUANTILES.p95), ask(QUANTILES.p99)]);
  return { p50, p95, p99 };
}

function latencyOf(all: ByQuantile, which: (sample: Sample) => boolean): Quantiles | null {
  const [p50, p95, p99] = [all.p50, all.p95, all.p99].map((samples) => one(samples.filter(which)));
  return p50 == null || p95 == null || p99 == null ? null : { p50, p95, p99 };
}

function sourcesOf(rates: ReadonlyMap<string, number>, season: SeasonCounts, latency: ByQuantile): SourceFigures[] {
  const place = (source: string) => (ORDER.includes(source) ? ORDER.indexOf(source) : ORDER.length);
  return [...rates]
    .map(([source, perSecond]) => ({
      source,
      perSecond,
      share: shareOf(source, rates),
      seasonShare: shareOf(source, season),
      seasonAnswers: season.get(source) ?? 0,
      latency: latencyOf(latency, ({ labels }) => labels['source'] === source),
    }))
    .sort((one, other) => place(one.source) - place(other.source));
}

/** Of all answers that the cache may give. */
function shareOf(source: string, counts: ReadonlyMap<string, number>): number | null {
  const all = sum(counts.values()) - (counts.get('bypass') ?? 0);
  return all > 0 && source !== 'bypass' ? (counts.get(source) ?? 0) / all : null;
}

function hitRateOf(counts: ReadonlyMap<string, number>): number | null {
  const miss = shareOf('miss', counts);
  return miss === null || [...counts.keys()].every((source) => NO_HIT.includes(source)) ? null : 1 - miss;
}

function worstBreakers(samples: readonly Sample[]): RegionFigures['breakers'] {
  const worst = new Map<string, string>();
  const rank = (state: string) => BREAKER_STATES.indexOf(state);
  for (const { labels } of samples) {
    const { route = '', state = '' } = labels;
    const known = worst.get(route);
    if (known === undefined || rank(state) < rank(known)) worst.set(route, state);
  }
  return [...worst].map(([route, state]) => ({ route, state }));
}

function redisNodes(samples: readonly Sample[]): RedisNode[] {
  const nodes = Map.groupBy(samples, ({ labels }) => labels['pod'] ?? labels['instance'] ?? '');
  return [...nodes]
    .map(([name, own]) => {
      const value = (metric: string) => one(own.filter(({ labels }) => labels['__name__'] === metric));
      const info = own.find(({ labels }) => labels['__name__'] === 'redis_instance_info');
      const state = value('redis_cluster_state');
      return {
        name,
        up: value('redis_up') === 1,
        role: info?.labels['role'] ?? null,
        clusterOk: state === null ? null : state === 1,
        memoryBytes: value('redis_memory_used_bytes'),
        memoryLimitBytes: value('redis_memory_max_bytes'),
        clients: value('redis_connected_clients'),
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

/** Only objectives that a rule states: what nobody measures is not shown. */
function objectivesOf(samples: readonly Sample[]): ObjectiveFigures[] {
  const value = (series: string, slo: string) =>
    one(samples.filter(({ labels }) => labels['__name__'] === series && labels['slo'] === slo));
  return samples
    .filter(({ labels }) => labels['__name__'] === SERIES.objective)
    .map(({ labels: { slo: name = '' }, value: target }) => {
      const promised = value(SERIES.promised, name);
      return {
        name,
        promise: promiseOf(name),
        target,
        errorRatio: value(SERIES.errorRatio, name),
        budgetLeft: value(SERIES.budgetLeft, name),
        promised: promised === null ? null : promised === 1,
      };
    });
}

function promiseOf(name: string): string {
  const known: Readonly<Record<string, Objective>> = OBJECTIVES;
  return known[name]?.promise ?? name;
}

function describeAlert({ labels, annotations, activeAt }: Alert): FiringAlert {
  const { alertname: name = '', severity = '' } = labels;
  return {
    name,
    urgency: name === WATCHDOG ? 'none' : (URGENCIES[severity] ?? 'none'),
    severity,
    summary: annotations['summary'] ?? name,
    description: annotations['description'] ?? '',
    runbook: annotations['runbook_url'] ?? null,
    since: activeAt,
    labels,
  };
}

/** The most urgent first, and the longest among them. */
function byUrgency(one: FiringAlert, other: FiringAlert): number {
  const urgency = BY_URGENCY.indexOf(one.urgency) - BY_URGENCY.indexOf(other.urgency);
  return urgency || one.since.localeCompare(other.since);
}

function flag(samples: readonly Sample[], series: string): boolean | null {
  const value = one(samples.filter(({ labels }) => labels['__name__'] === series));
  return value === null ? null : value === 1;
}

/** The value of the only series; null where there is none, or none that is a number. */
function one(samples: readonly Sample[]): number | null {
  const value = samples[0]?.value;
  return value === undefined || !Number.isFinite(value) ? null : value;
}

function byLabel(samples: readonly Sample[], label: string): ReadonlyMap<string, number> {
  const numbers = samples.filter(({ value }) => Number.isFinite(value));
  return new Map(numbers.map(({ labels, value }) => [labels[label] ?? '', value]));
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
