import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { FALSE_HIT_OBJECTIVE } from '@wedsync/domain';
import { METRICS, SERVICE_NAME } from '../contract.ts';
import type { Answered, MatchKind, Source } from '../engine/answering.ts';
import { PRIORITIES } from '../engine/admission/priority.ts';
import type { RouteLog } from '../engine/route-log.ts';
import type { Estimate } from '../engine/semantic/estimate.ts';
import type { Verdict } from '../ports/judge.ts';
import type { BreakerState } from '../ports/origin.ts';
import type { Observer, OriginCallOutcome, RefreshReason } from '../ports/observer.ts';
import { CrossTally, Tally, TimeHistogram } from './tally.ts';

/** Where an answer came from, those included that went past the cache. */
export type AnswerSource = Source | 'bypass';

/** Names of the routes in labels: a closed set, so that no caller can grow the number of series. */
export const ROUTES = ['chat', 'queries', 'models', 'embeddings', 'cache', 'admin', 'operations', 'unknown'] as const;
export type RouteName = (typeof ROUTES)[number];

const SOURCES: readonly AnswerSource[] = ['hot', 'warm', 'cold', 'semantic', 'miss', 'bypass'];
const MATCHES: readonly MatchKind[] = ['exact', 'alias', 'shared'];
const ERROR_CLASSES = ['4xx', '5xx'] as const;
const STALE = ['revalidating', 'origin-failed'] as const;
const OUTCOMES: readonly OriginCallOutcome[] = ['ok', 'error', 'timeout'];
const REASONS: readonly RefreshReason[] = ['early', 'stale'];
const BREAKER_STATES: readonly BreakerState[] = ['closed', 'open', 'half-open'];
const VERDICTS: readonly (Verdict['verdict'] | 'failed')[] = ['same', 'different', 'unsure', 'failed'];

/** Upper bounds in seconds: a hot hit is well below a millisecond, a model may take a minute. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the gauges read when they are scraped. */
export interface MetricsReadings {
  readonly hotBytes: () => number;
  readonly hotSize: () => number;
  readonly warmUp: () => boolean;
  readonly falseHits: () => Estimate;
  readonly routes: Pick<RouteLog, 'states' | 'shedByPriority' | 'retries'>;
}

/** Counts what the engine does. What happens with every request is counted by additions alone. */
export class Metrics implements Observer {
  readonly registry = new Registry();
  readonly #openMetrics = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  readonly #answers: CrossTally<AnswerSource, RouteName>;
  readonly #durations: TimeHistogram<AnswerSource>;
  readonly #matches: Tally<MatchKind>;
  readonly #stale: Tally<(typeof STALE)[number]>;
  readonly #originCalls: Tally<OriginCallOutcome>;
  readonly #refreshes: Tally<RefreshReason>;
  readonly #verdicts: Tally<Verdict['verdict'] | 'failed'>;
  readonly #errors: Counter;
  readonly #lateWrites: Counter;
  readonly #merged: Counter;
  readonly #unreadable: Counter;
  readonly #revoked: Counter;
  #printing: Promise<unknown> = Promise.resolve();

  constructor(readings: MetricsReadings) {
    const { registry } = this;
    registry.setDefaultLabels({ service: SERVICE_NAME });
    collectDefaultMetrics({ register: registry });
    const by = <Name extends string>(name: string, help: string, label: string, names: readonly Name[]) =>
      new Tally(registry, name, help, label, names);
    const labels = ['source', 'route'] as const;
    this.#answers = new CrossTally(registry, METRICS.answers, 'Answers by source and route.', labels, SOURCES, ROUTES);
    const help = 'Seconds from the arrival of a request to the last byte of its answer, by source.';
    const duration = { name: METRICS.duration, help, label: 'source', buckets: BUCKETS };
    this.#durations = new TimeHistogram(registry, duration, SOURCES);
    this.#matches = by(METRICS.matches, 'Hits by whose question they answered.', 'match', MATCHES);
    this.#stale = by(METRICS.stale, 'Answers given past their time, by reason.', 'reason', STALE);
    this.#originCalls = by(METRICS.originCalls, 'Calls to the origin by outcome.', 'outcome', OUTCOMES);
    this.#refreshes = by(METRICS.refreshes, 'Answers asked for anew in the background.', 'reason', REASONS);
    this.#verdicts = by(METRICS.verdicts, 'Decisions of the judge by verdict.', 'verdict', VERDICTS);
    const errors = 'Requests that ended with an error, by route and status class.';
    this.#errors = this.#counter(METRICS.errors, errors, 'route', 'status');
    // A series that begins with its first error hides that error: there is nothing that it rose from.
    for (const route of ROUTES) for (const status of ERROR_CLASSES) this.#errors.inc({ route, status }, 0);
    this.#lateWrites = this.#counter(METRICS.lateWarmWrites, 'Answers given before the warm tier had confirmed them.');
    this.#merged = this.#counter(METRICS.merged, 'Requests that were given the answer being made for another one.');
    this.#unreadable = this.#counter(METRICS.unreadable, 'Records that could not be opened.');
    this.#revoked = this.#counter(METRICS.revoked, 'Aliases taken back because a sample found them wrong.');
    this.#gauges(readings);
    this.#routes(readings);
    this.#openMetrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    this.#openMetrics.setDefaultLabels({ service: SERVICE_NAME });
    for (const metric of registry.getMetricsAsArray()) this.#openMetrics.registerMetric(metric as never);
  }

  /** Everything in Prometheus' text format, or as OpenMetrics has it, with the traces of single answers as exemplars. */
  print(form: 'prometheus' | 'openmetrics'): Promise<{ readonly contentType: string; readonly text: string }> {
    const printed = this.#printing.then(async () => {
      const registry = form === 'openmetrics' ? this.#openMetrics : this.registry;
      // The library takes the endings off the counters' names for OpenMetrics, and would leave them off.
      const names = registry.getMetricsAsArray().map((metric) => ({ metric, name: metric.name }));
      const text = await registry.metrics();
      for (const { metric, name } of names) metric.name = name;
      return { contentType: registry.contentType, text };
    });
    this.#printing = printed.catch(() => {});
    return printed;
  }

  /** An answer of the cache that was sent whole, `seconds` after its request came; `trace` is its id, where it was traced. */
  answered({ source, match, stale }: Answered, route: RouteName, seconds: number, trace?: string): void {
    this.#answers.count(source, route);
    this.#durations.note(source, seconds, trace);
    if (source !== 'miss') this.#matches.count(match);
    if (stale !== undefined) this.#stale.count(stale);
  }

  /** An answer that went past the cache. */
  bypassed(route: RouteName, seconds: number): void {
    this.#answers.count('bypass', route);
    this.#durations.note('bypass', seconds);
  }

  /** A request that ended with an error status. */
  failed(route: RouteName, status: number): void {
    this.#errors.inc({ route, status: `${Math.floor(status / 100)}xx` });
  }

  originCall(outcome: OriginCallOutcome): void {
    this.#originCalls.count(outcome);
  }

  lateWarmWrite(): void {
    this.#lateWrites.inc();
  }

  refresh(reason: RefreshReason): void {
    this.#refreshes.count(reason);
  }

  merged(): void {
    this.#merged.inc();
  }

  unreadable(): void {
    this.#unreadable.inc();
  }

  revoked(): void {
    this.#revoked.inc();
  }

  judged(verdict: Verdict['verdict'] | 'failed'): void {
    this.#verdicts.count(verdict);
  }

  #counter(name: string, help: string, ...labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  #routes({ routes }: MetricsReadings): void {
    const registers = [this.registry];
    new Gauge({
      name: METRICS.breaker,
      help: '1 for the state of the circuit breaker of each route to an origin.',
      labelNames: ['route', 'state'],
      registers,
      collect() {
        for (const { route, breaker } of routes.states)
          for (const state of BREAKER_STATES) this.set({ route, state }, breaker === state ? 1 : 0);
      },
    });
    new Counter({
      name: METRICS.shed,
      help: 'Requests that were turned away because more waited for the origin than may wait, by priority.',
      labelNames: ['priority'],
      registers,
      collect() {
        this.reset();
        for (const priority of PRIORITIES) this.inc({ priority }, routes.shedByPriority[priority]);
      },
    });
    new Counter({
      name: METRICS.retries,
      help: 'Calls to the origin that were made again after they had failed.',
      registers,
      collect() {
        this.reset();
        this.inc(routes.retries);
      },
    });
  }

  #gauges({ hotBytes, hotSize, warmUp, falseHits }: MetricsReadings): void {
    this.#gauge(METRICS.hotBytes, 'Bytes held by the hot tier.', hotBytes);
    this.#gauge(METRICS.hotSize, 'Values held by the hot tier.', hotSize);
    this.#gauge(METRICS.warmUp, '1 while the warm tier answers.', () => (warmUp() ? 1 : 0));
    this.#gauge(METRICS.falseHitSamples, 'Hits by alias that were judged again.', () => falseHits().count);
    this.#gauge(METRICS.falseHitObjective, 'Share of wrong hits by alias that is allowed.', () => FALSE_HIT_OBJECTIVE);
    new Gauge({
      name: METRICS.falseHits,
      help: 'Share of wrong hits by alias among those judged again, with its 95 % interval.',
      labelNames: ['bound'],
      registers: [this.registry],
      collect() {
        const { share, low, high } = falseHits();
        this.set({ bound: 'share' }, share);
        this.set({ bound: 'low' }, low);
        this.set({ bound: 'high' }, high);
      },
    });
  }
}
