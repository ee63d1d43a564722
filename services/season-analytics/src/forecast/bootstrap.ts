import { quantileSorted } from 'simple-statistics';
import { seededRandom } from '../random.ts';

/** The middle of a figure and where 95 of 100 repetitions of the experiment would have it. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly seed: number;
}

/** Days in a block: what is off on a day is likely off on the next, so days are not drawn one by one. */
export const BLOCK_DAYS = 28;
const DRAWS = 2000;

/** What a day adds to a mean: the sum of its figures and how many they are. */
export interface DailySum {
  readonly sum: number;
  readonly count: number;
}

/**
 * The mean of all figures of days in the order of time, with a 95 % interval by the moving-block bootstrap (Künsch 1989).
 *
 * @throws RangeError without a day.
 */
export function blockBootstrap(days: readonly DailySum[], seed: number): Estimate {
  const { length } = days;
  if (length === 0) throw new RangeError('There is no mean of no figures.');
  const size = Math.min(BLOCK_DAYS, length);
  // Sums of all blocks, so that a draw costs one addition a block.
  const blocks = Array.from({ length: length - size + 1 }, (_, from) => total(days.slice(from, from + size)));
  const random = seededRandom(seed);
  const means = Array.from({ length: DRAWS }, () => {
    const drawn = Array.from(
      { length: Math.ceil(length / size) },
      () => blocks[Math.floor(random() * blocks.length)] as DailySum,
    );
    return meanOf(total(drawn));
  }).sort((one, other) => one - other);
  return { mean: meanOf(total(days)), low: quantileSorted(means, 0.025), high: quantileSorted(means, 0.975), seed };
}

function total(days: readonly DailySum[]): DailySum {
  return days.reduce((all, { sum, count }) => ({ sum: all.sum + sum, count: all.count + count }), { sum: 0, count: 0 });
}

function meanOf({ sum, count }: DailySum): number {
  return sum / count;
}
