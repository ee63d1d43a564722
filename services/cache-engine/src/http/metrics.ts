import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, SERVICE_NAME } from '../contract.ts';
import type { Answered, MatchKind, Source } from '../engine/answering.ts';
import { PRIORITIES } from '../engine/admission/priority.ts';
import type { RouteLog } from '../engine/route-log.ts';
import type { Estimate } from '../engine/semantic/estimate.ts';
import type { Verdict } from '../ports/judge.ts';
import type { BreakerState } from '../ports/origin.ts';
import type { Observer, OriginCallOutcome, RefreshReason } from '../ports/observer.ts';
import { tableOf } from './table.ts';

/** Where an answer came from, those included that went past the cache. */
export type AnswerSource = Source | 'bypass';

/** Names of the routes in labels: a closed set, so that no caller can grow the number of series. */
export const ROUTES = ['chat', 'queries', 'models', 'embeddings', 'cache', 'admin', 'operations', 'unknown'] as const;
export type RouteName = (typeof ROUTES)[number];

const SOURCES: readonly AnswerSource[] = ['hot', 'warm', 'cold', 'semantic', 'miss', 'bypass'];
const MATCHES: readonly MatchKind[] = ['exact', 'alias', 'shared'];
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

/** Counts what the engine does. Each series is looked up once, at the start: counting on the hot path is an addition. */
export class Metrics implements Observer {
  readonly registry = new Registry();
  /** The same metrics as OpenMetrics has them, with the traces of slow answers as exemplars. */
  readonly openMetrics = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  readonly #durationHistogram: Histogram;
  readonly #answers: Readonly<Record<AnswerSource, Readonly<Record<RouteName, Counter.Internal>>>>;
  readonly #durations: Readonly<Record<AnswerSource, Histogram.Internal<string>>>;
  readonly #matches: Readonly<Record<MatchKind, Counter.Internal>>;
  readonly #stale: Readonly<Record<(typeof STALE)[number], Counter.Internal>>;
  readonly #originCalls: Readonly<Record<OriginCallOutcome, Counter.Internal>>;
  readonly #refreshes: Readonly<Record<RefreshReason, Counter.Internal>>;
  readonly #verdicts: Readonly<Record<Verdict['verdict'] | 'failed', Counter.Internal>>;
  readonly #errors: Counter;
  readonly #lateWrites: Counter;
  readonly #merged: Counter;
  readonly #unreadable: Counter;
  readonly #revoked: Counter;

  constructor(readings: MetricsReadings) {
    this.registry.setDefaultLabels({ service: SERVICE_NAME });
    this.openMetrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    this.openMetrics.setDefaultLabels({ service: SERVICE_NAME });
    collectDefaultMetrics({ register: this.registry });
    const { answers: name } = METRICS;
    const answers = this.#counter(name, 'Answers by source and route.', 'source', 'route');
    const durations = new Histogram({
      name: METRICS.duration,
      help: 'Seconds from the arrival of a request to the last byte of its answer, by source.',
      labelNames: ['source'],
      buckets: BUCKETS,
      // Exemplars want a registry of OpenMetrics; the plain one shows the same without them.
      registers: [this.openMetrics as never],
      enableExemplars: true,
    });
    this.#durationHistogram = durations;
    this.registry.registerMetric(durations as never);
    const by = <Name extends string>(counter: Counter, names: readonly Name[]) =>
      tableOf(names, (one) => counter.labels(one));
    this.#answers = tableOf(SOURCES, (source) => tableOf(ROUTES, (route) => answers.labels(source, route)));
    this.#durations = tableOf(SOURCES, (source) => durations.labels(source));
    this.#matches = by(this.#counter(METRICS.matches, 'Hits by whose question they answered.', 'match'), MATCHES);
    this.#stale = by(this.#counter(METRICS.stale, 'Answers given past their time, by reason.', 'reason'), STALE);
    this.#originCalls = by(this.#counter(METRICS.originCalls, 'Calls to the origin by outcome.', 'outcome'), OUTCOMES);
    this.#refreshes = by(
      this.#counter(METRICS.refreshes, 'Answers asked for anew in the background.', 'reason'),
      REASONS,
    );
    this.#verdicts = by(this.#counter(METRICS.verdicts, 'Decisions of the judge by verdict.', 'verdict'), VERDICTS);
    this.#errors = this.#counter(
      METRICS.errors,
      'Requests that ended with an error, by route and status class.',
      'route',
      'status',
    );
    this.#lateWrites = this.#counter(METRICS.lateWarmWrites, 'Answers given before the warm tier had confirmed them.');
    this.#merged = this.#counter(METRICS.merged, 'Requests that were given the answer being made for another one.');
    this.#unreadable = this.#counter(METRICS.unreadable, 'Records that could not be opened.');
    this.#revoked = this.#counter(METRICS.revoked, 'Aliases taken back because a sample found them wrong.');
    this.#gauges(readings);
    this.#routes(readings);
    for (const metric of this.registry.getMetricsAsArray())
      if (metric.name !== METRICS.duration) this.openMetrics.registerMetric(metric as never);
  }

  /** An answer of the cache that was sent whole, `seconds` after its request came; `trace` is its id, where it was traced. */
  answered({ source, match, stale }: Answered, route: RouteName, seconds: number, trace?: string): void {
    this.#answers[source][route].inc();
    if (trace === undefined) this.#durations[source].observe(seconds);
    else
      this.#durationHistogram.observe({
        labels: { source },
        value: seconds,
        exemplarLabels: { trace_id: trace },
      } as never);
    if (source !== 'miss') this.#matches[match].inc();
    if (stale !== undefined) this.#stale[stale].inc();
  }

  /** An answer that went past the cache. */
  bypassed(route: RouteName, seconds: number): void {
    this.#answers.bypass[route].inc();
    this.#durations.bypass.observe(seconds);
  }

  /** A request that ended with an error status. */
  failed(route: RouteName, status: number): void {
    this.#errors.inc({ route, status: `${Math.floor(status / 100)}xx` });
  }

  originCall(outcome: OriginCallOutcome): void {
    this.#originCalls[outcome].inc();
  }

  lateWarmWrite(): void {
    this.#lateWrites.inc();
  }

  refresh(reason: RefreshReason): void {
    this.#refreshes[reason].inc();
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
    this.#verdicts[verdict].inc();
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
