import { quantileSorted } from 'simple-statistics';

/** The middle of some figures and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @throws RangeError without figures. */
export function spreadOf(figures: readonly number[]): Spread {
  if (figures.length === 0) throw new RangeError('There is no middle of no figures.');
  const sorted = figures.toSorted((one, other) => one - other);
  return { median: quantileSorted(sorted, 0.5), least: sorted[0] as number, most: sorted.at(-1) as number };
}

/**
 * The ratios of `figures` to `base` round by round. What slowed the machine down in a round slowed both, so their ratio varies
 * less than either.
 *
 * @throws RangeError when the two have not the same number of rounds, or a base is not above 0.
 */
export function ratios(figures: readonly number[], base: readonly number[]): number[] {
  if (figures.length !== base.length) throw new RangeError(`${figures.length} rounds have no ratio to ${base.length}.`);
  return figures.map((figure, round) => {
    const under = base[round] as number;
    if (!(under > 0)) throw new RangeError(`A ratio to ${under} says nothing.`);
    return figure / under;
  });
}

/** A share with the bounds between which the true one lies. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The quantile of the normal distribution that leaves 2.5 % above it. */
const Z = 1.959964;

/**
 * The share `part / whole` with its 95 % interval by Wilson's score, which holds near 0 and 1 and for few trials; of no trials,
 * everything from 0 to 1 may be true and the share is NaN.
 */
export function wilson(part: number, whole: number): Share {
  if (whole === 0) return { share: NaN, low: 0, high: 1 };
  const share = part / whole;
  const spread = Z ** 2 / whole;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / whole + spread / (4 * whole));
  // Rounding must not put the share outside of its own interval.
  return { share, low: Math.min(share, Math.max(0, centre - half)), high: Math.max(share, Math.min(1, centre + half)) };
}
