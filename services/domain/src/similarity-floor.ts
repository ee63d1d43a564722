/**
 * Least cosine similarity of a candidate far from any wedding, and on the day. On the development pairs, sixty questions to a frame, a
 * judge who is a twentieth of an origin's price may be asked twenty times for one more true pair: from 0.45 to 0.4 it takes 20 calls, from
 * 0.4 to 0.35 it takes 84. On the day, when a mistake costs most, half as many other questions as true pairs are judged: 69 and 137 at 0.7,
 * but 154 and 165 at 0.5. A day of a season (bench/season, seed 1) bears it out: 0.5 on the day costs 78 calls for 5 hits of 6500; floors of
 * 0.32 and 0.5 that rise with the best candidate cost 1501 for 23, and such of 0.35 and 0.5 have a judge who errs once in a hundred
 * give 68 wrong answers in place of 45.
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
