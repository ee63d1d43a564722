import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, SERVICE_NAME } from '../contract.ts';
import type { Source } from '../engine/answering.ts';
import type { Observer, OriginCallOutcome } from '../ports/observer.ts';

/** Where an answer came from, those included that went past the cache. */
export type AnswerSource = Source | 'bypass';

/** Names of the routes in labels: a closed set, so that no caller can grow the number of series. */
export const ROUTES = ['chat', 'queries', 'models', 'admin', 'operations', 'unknown'] as const;
export type RouteName = (typeof ROUTES)[number];

const SOURCES: readonly AnswerSource[] = ['hot', 'warm', 'miss', 'bypass'];
const OUTCOMES: readonly OriginCallOutcome[] = ['ok', 'error', 'timeout'];

/** Upper bounds in seconds: a hot hit is well below a millisecond, a model may take a minute. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the gauges read when they are scraped. */
export interface MetricsReadings {
  readonly hotBytes: () => number;
  readonly warmUp: () => boolean;
}

/** Counts what the engine does. Each series is looked up once, at the start: counting on the hot path is an addition. */
export class Metrics implements Observer {
  readonly registry = new Registry();
  readonly #answers: Readonly<Record<AnswerSource, Readonly<Record<RouteName, Counter.Internal>>>>;
  readonly #durations: Readonly<Record<AnswerSource, Histogram.Internal<string>>>;
  readonly #originCalls: Readonly<Record<OriginCallOutcome, Counter.Internal>>;
  readonly #errors: Counter;
  readonly #lateWrites: Counter;

  constructor({ hotBytes, warmUp }: MetricsReadings) {
    const registers = [this.registry];
    this.registry.setDefaultLabels({ service: SERVICE_NAME });
    collectDefaultMetrics({ register: this.registry });
    const answers = new Counter({
      name: METRICS.answers,
      help: 'Answers by source and route.',
      labelNames: ['source', 'route'],
      registers,
    });
    const durations = new Histogram({
      name: METRICS.duration,
      help: 'Seconds from the arrival of a request to the last byte of its answer, by source.',
      labelNames: ['source'],
      buckets: BUCKETS,
      registers,
    });
    const calls = new Counter({
      name: METRICS.originCalls,
      help: 'Calls to the origin by outcome.',
      labelNames: ['outcome'],
      registers,
    });
    this.#answers = tableOf(SOURCES, (source) => tableOf(ROUTES, (route) => answers.labels(source, route)));
    this.#durations = tableOf(SOURCES, (source) => durations.labels(source));
    this.#originCalls = tableOf(OUTCOMES, (outcome) => calls.labels(outcome));
    this.#errors = new Counter({
      name: METRICS.errors,
      help: 'Requests that ended with an error, by route and status class.',
      labelNames: ['route', 'status'],
      registers,
    });
    this.#lateWrites = new Counter({
      name: METRICS.lateWarmWrites,
      help: 'Answers given before the warm tier had confirmed them.',
      registers,
    });
    new Gauge({
      name: METRICS.hotBytes,
      help: 'Bytes held by the hot tier.',
      registers,
      collect() {
        this.set(hotBytes());
      },
    });
    new Gauge({
      name: METRICS.warmUp,
      help: '1 while the warm tier answers.',
      registers,
      collect() {
        this.set(warmUp() ? 1 : 0);
      },
    });
  }

  /** An answer that was sent whole, `seconds` after its request came. */
  answered(source: AnswerSource, route: RouteName, seconds: number): void {
    this.#answers[source][route].inc();
    this.#durations[source].observe(seconds);
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
}

function tableOf<Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}
