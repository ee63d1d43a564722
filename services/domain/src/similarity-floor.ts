/**
 * Least cosine similarity of a candidate far from any wedding, and on the day. Below 0.4 lay no true pair of the development
 * pairs, above 0.6 lay most of the traps: no floor decides, but a higher one leaves fewer to be decided on when a mistake costs most. On a season (bench/season) a floor lower by a
 * tenth had a judge asked 65 % more often, for half a point of hits.
 */
const FAR = 0.4;
const ON_THE_DAY = 0.7;
/** Days from the wedding at which the floor has come half the way. */
const HALF_WAY = 7;

/** How a candidate must be confirmed: by any verdict, also an earlier one, or by one given for this very request. */
export type Confirmation = 'any-verdict' | 'verdict-at-once';

/**
 * The least cosine similarity of a candidate for a question whose wedding is `daysAway` (negative once it is past, `undefined` for
 * none). It is a floor for candidates only: what passes is yet to be confirmed.
 */
export function similarityFloor(daysAway: number | undefined): number {
  if (daysAway === undefined) return FAR;
  return FAR + (ON_THE_DAY - FAR) / (1 + Math.abs(daysAway) / HALF_WAY);
}

/**
 * How a candidate must be confirmed for a question whose wedding is `daysAway`. Within a day only a judge that says "same" while
 * the caller waits counts: an answer served on an old verdict could not be put right before it is acted on.
 */
export function confirmationFor(daysAway: number | undefined): Confirmation {
  return daysAway !== undefined && Math.abs(daysAway) <= 1 ? 'verdict-at-once' : 'any-verdict';
}
