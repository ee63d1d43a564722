import { ratios, spreadOf, type Spread } from './statistics.ts';
import { figure, tableOf } from './table.ts';

/** CPU microseconds a request of something beside what it is measured by, over all rounds. */
export interface Comparison {
  readonly name: string;
  readonly cpuMicros: Spread;
  readonly baseCpuMicros: Spread;
  /** Of the pairs of rounds, not of the medians. */
  readonly ratio: Spread;
  readonly limit: number;
  readonly withinLimit: boolean;
}

/** Compares figures round by round. */
export function compare(
  name: string,
  cpuMicros: readonly number[],
  baseCpuMicros: readonly number[],
  limit: number,
): Comparison {
  const ratio = spreadOf(ratios(cpuMicros, baseCpuMicros));
  return {
    name,
    cpuMicros: spreadOf(cpuMicros),
    baseCpuMicros: spreadOf(baseCpuMicros),
    ratio,
    limit,
    withinLimit: ratio.median <= limit,
  };
}

/** Comparisons as a table under a title, with the names of what was measured and of what it is measured by. */
export function tableOfHits(
  title: string,
  comparisons: readonly Comparison[],
  { measured, base }: { readonly measured: string; readonly base: string },
): string {
  const rows = comparisons.map(({ name, cpuMicros, baseCpuMicros, ratio, limit, withinLimit }) => [
    name,
    ...[figure(cpuMicros.median), figure(baseCpuMicros.median), figure(ratio.median)],
    `${figure(ratio.least)}–${figure(ratio.most)}`,
    `${figure(limit)} ${withinLimit ? '✓' : '✗'}`,
  ]);
  return `${title}\n\n${tableOf(['', measured, base, 'ratio', 'least–most', 'limit'], rows)}`;
}
