/** What a region's Prometheus would hold of a period, made up by a rule. */
import { type CalendarDate, type ObjectiveName, OBJECTIVES } from '@wedsync/domain';
import { MemoryMetrics } from '../../../../services/sla-report/src/adapters/memory.ts';
import { QUERIES } from '../../../../services/sla-report/src/measure.ts';
import type { Period } from '../../../../services/sla-report/src/period.ts';
import { promisedAt } from '../../../../services/sla-report/src/reckoning/windows.ts';

export const NAMES = Object.keys(OBJECTIVES) as ObjectiveName[];
export const STEP = 300;
export const NO_BUSY_DAYS: ReadonlySet<CalendarDate> = new Set();

/** A window of an objective: requests in it and how many failed; undefined where nothing was recorded. */
export type Shape = (
  name: ObjectiveName,
  begins: number,
) => { readonly requests: number; readonly bad: number } | undefined;

interface Sample {
  readonly series: string;
  readonly query: string;
  readonly slo: ObjectiveName;
  /** Epoch seconds. */
  readonly at: number;
  readonly value: number;
}

/** The samples of a period, as the region's rules write them. */
export function samplesOf({ from, until, zone }: Period, shape: Shape, busyDays = NO_BUSY_DAYS): Sample[] {
  return NAMES.flatMap((slo) => {
    const { days, target } = OBJECTIVES[slo];
    const samples: Sample[] = [];
    for (let begins = from; begins < until; begins += STEP * 1000) {
      const window = shape(slo, begins);
      if (window === undefined) continue;
      const at = begins / 1000 + STEP;
      const promised = promisedAt(days, at * 1000 - 1, { zone, busyDays });
      const add = (figure: keyof typeof QUERIES, series: string, value: number) =>
        samples.push({ series, query: QUERIES[figure], slo, at, value });
      add('promised', 'wedsync:slo_promised', promised ? 1 : 0);
      add('target', 'wedsync:slo_objective', target);
      if (!promised) continue;
      add('total', 'wedsync:slo_total:rate5m', window.requests / STEP);
      add('bad', 'wedsync:slo_bad:rate5m', window.bad / STEP);
    }
    return samples;
  });
}

/** A Prometheus in memory that holds these samples, in their order. */
export function memoryOf(samples: readonly Sample[], retention?: string): MemoryMetrics {
  const metrics = new MemoryMetrics(retention);
  const byQuery = Map.groupBy(samples, ({ query }) => query);
  for (const [query, own] of byQuery) {
    const lines = [...Map.groupBy(own, ({ slo }) => slo)];
    metrics.put(
      query,
      lines.map(([slo, all]) => ({ labels: { slo }, points: all.map(({ at, value }) => [at, value] as const) })),
    );
  }
  return metrics;
}

/** The samples as a file that promtool makes blocks of. */
export function openMetricsOf(samples: readonly Sample[]): string {
  const families = [...Map.groupBy(samples, ({ series }) => series)].map(([series, own]) => {
    const lines = own.map(({ slo, at, value }) => `${series}{slo="${slo}"} ${value} ${at}`);
    return `# TYPE ${series} gauge\n${lines.join('\n')}\n`;
  });
  return `${families.join('')}# EOF\n`;
}
