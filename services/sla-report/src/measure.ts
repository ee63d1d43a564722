/** Asks Prometheus for all that a report needs. */
import {
  badSeries,
  OBJECTIVE_SERIES,
  type ObjectiveName,
  OBJECTIVES,
  PROMISED_SERIES,
  SLO_BASE_RANGE,
  SLO_INTERVAL_SECONDS,
  totalSeries,
} from '@wedsync/domain';
import type { Period } from './period.ts';
import type { Metrics } from './ports/metrics.ts';
import type { ObjectiveSamples } from './reckoning/windows.ts';
import { SlaError } from './sla-error.ts';

/**
 * How old a sample may be to stand for the end of its window: two evaluations may be late. Prometheus' own five minutes would fill a gap with
 * the window before it.
 */
const FRESH_SECONDS = 3 * SLO_INTERVAL_SECONDS;
/** Windows asked for at once: a week. Prometheus refuses more than 11,000 points of a series. */
const WINDOWS_AT_ONCE = 2016;

const latest = (series: string): string => `last_over_time(${series}[${FRESH_SECONDS}s])`;

/** What is asked for, in PromQL. */
export const QUERIES = {
  bad: latest(badSeries(SLO_BASE_RANGE.name)),
  total: latest(totalSeries(SLO_BASE_RANGE.name)),
  promised: latest(PROMISED_SERIES),
  target: latest(OBJECTIVE_SERIES),
} as const;
type Figure = keyof typeof QUERIES;

/** What was measured of the objectives in a period. */
export interface Measurement {
  /** Which server it comes from. */
  readonly source: string;
  /** For how long that server keeps what it hears, if it says so. */
  readonly retention: string | undefined;
  readonly samples: ReadonlyMap<ObjectiveName, ObjectiveSamples>;
  /** The end of the first window of which anything is known, epoch seconds. */
  readonly earliest: number;
  /** Targets by which the region itself was measured, where they were not always those of the objectives. */
  readonly otherTargets: ReadonlyMap<ObjectiveName, readonly number[]>;
}

/**
 * @param onProgress is told how many of the queries are answered
 * @throws SlaError when Prometheus does not answer, or holds nothing of the period.
 */
export async function measure(
  metrics: Metrics,
  period: Period,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<Measurement> {
  const figures = Object.keys(QUERIES) as Figure[];
  const spans = spansOf(period);
  const found = new Map<ObjectiveName, Record<Figure, Map<number, number>>>(
    NAMES.map((name) => [name, { bad: new Map(), total: new Map(), promised: new Map(), target: new Map() }]),
  );
  const retention = await metrics.retention();
  let done = 0;
  for (const span of spans) {
    for (const figure of figures) {
      const lines = await metrics.range(QUERIES[figure], span);
      for (const name of NAMES) {
        const [line, ...more] = lines.filter(({ labels }) => labels['slo'] === name);
        if (more.length > 0)
          throw new SlaError(
            `${metrics.name} has ${more.length + 1} series for ${name} in ${QUERIES[figure]}. Ask the Prometheus of one region, not one that collects many.`,
          );
        for (const [at, value] of line?.points ?? []) found.get(name)?.[figure].set(at, value);
      }
      onProgress(++done, spans.length * figures.length);
    }
  }
  const instants = [...found.values()].flatMap(({ total, promised }) => [...total.keys(), ...promised.keys()]);
  if (instants.length === 0) throw nothingOf(period, metrics.name, retention);
  return {
    source: metrics.name,
    retention,
    samples: found,
    earliest: instants.reduce((least, at) => Math.min(least, at), Infinity),
    otherTargets: otherTargets(found),
  };
}

const NAMES = Object.keys(OBJECTIVES) as ObjectiveName[];

function spansOf({ from, until }: Period) {
  const step = SLO_BASE_RANGE.seconds;
  const last = until / 1000;
  const spans = [];
  // What happened in a window is known at its end.
  for (let begin = from / 1000 + step; begin <= last; begin += WINDOWS_AT_ONCE * step)
    spans.push({ from: begin, until: Math.min(begin + (WINDOWS_AT_ONCE - 1) * step, last), step });
  return spans;
}

function otherTargets(found: ReadonlyMap<ObjectiveName, { readonly target: ReadonlyMap<number, number> }>) {
  return new Map(
    [...found]
      .map(([name, { target }]) => {
        const others = new Set([...target.values()].filter((value) => value !== OBJECTIVES[name].target));
        return [name, [...others].sort()] as const;
      })
      .filter(([, targets]) => targets.length > 0),
  );
}

function nothingOf({ from, until }: Period, name: string, retention: string | undefined): SlaError {
  const span = `${new Date(from).toISOString()} to ${new Date(until).toISOString()}`;
  const kept = retention === undefined ? 'It does not say how long it keeps what it hears' : `It keeps ${retention}`;
  return new SlaError(
    `${name} holds nothing of the objectives from ${span}. ${kept}: for an older period, ask whatever holds the long term, or restore a snapshot; and look whether the region's rules are loaded.`,
  );
}
