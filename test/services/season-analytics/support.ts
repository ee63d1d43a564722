import { regionCapacity, type RegionName } from '@wedsync/domain';
import {
  generatedHistory,
  type History,
  type Series,
  type StackFigures,
  type UnitFigures,
} from '@wedsync/season-analytics';
import { dayOf } from '../../../services/season-analytics/src/calendar/day.ts';

/** Plain shares, so that a test says what it tests: August and Saturdays stand out. */
export const SHARES = {
  months: [3, 4, 5, 7, 10, 12, 13, 14, 13, 9, 5, 5],
  otherDays: [4, 3, 4, 5, 17, 0, 4],
  saturdayHours: Array.from({ length: 24 }, (_, hour) => (hour === 13 ? 3 : 1)),
  otherHours: Array.from({ length: 24 }, (_, hour) => (hour === 20 ? 4 : 1)),
};

/** A history that was made up, of three years unless something else is said. */
export function history(
  region: RegionName = 'uk-south',
  changes: Partial<Parameters<typeof generatedHistory>[0]> = {},
): History {
  return generatedHistory({
    ...{ region, first: '2023-11-01', last: '2026-10-31', seed: 1, queriesAnHour: 100_000, growth: 0.1 },
    ...{ hitRate: 0.95, weddingsAYear: 200_000, shares: SHARES },
    ...changes,
  });
}

/** A series from a date on. */
export function seriesFrom(first: string, values: readonly number[]): Series {
  const from = dayOf(first);
  return { name: 'a test', values: new Map(values.map((value, index) => [from + index, value])) };
}

/** Round figures of what engines and Redis can do. */
export const UNITS: UnitFigures = {
  hitsPerSecondPerCore: { value: 2000, source: 'a test' },
  utilisation: { value: 0.5, source: 'a test' },
  requestsUnderWay: { value: 32, source: 'a test' },
  originSeconds: { value: 2, source: 'a test' },
  lifetimeHours: { value: 5, source: 'a test' },
  answerKiB: { value: 16, source: 'a test' },
  redisDataShare: { value: 0.75, source: 'a test' },
  redisFill: { value: 0.8, source: 'a test' },
  engine: { cpu: 0.25, memoryGiB: 0.5 },
  redisNodeCpu: 0.5,
  nodesPerShard: 2,
};

/** What the product's table says of a region, as its stack file has it. */
export function figures(region: RegionName): StackFigures {
  const { engineReplicas, workers, redisMemoryGiB } = regionCapacity(region);
  const queue = redisMemoryGiB / 8;
  return { region, engineReplicas, workers, redisMemoryGiB: { cache: redisMemoryGiB - queue, queue }, cacheShards: 3 };
}
