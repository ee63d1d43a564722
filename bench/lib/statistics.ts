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
