import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Choices that depend on a seed alone. */
export interface Random {
  /** A number in [0, 1). */
  fraction(): number;
  /** A new array in another order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

/** The choices of a seed: the same seed, the same choices in the same order. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return {
    fraction: () => uniformFloat64(generator),
    shuffle(items) {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last--) {
        const other = uniformInt(generator, 0, last);
        const moved = result[last] as (typeof result)[number];
        result[last] = result[other] as (typeof result)[number];
        result[other] = moved;
      }
      return result;
    },
  };
}
