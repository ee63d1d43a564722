/** What a tally says of a promise. */
import type { Tally } from './tally.ts';

/**
 * `unproven`: kept as far as it was measured, but broken if all that was asked in the unknown time had failed. `not-promised`: at no time of the
 * period.
 */
export const VERDICTS = ['kept', 'unproven', 'broken', 'not-promised'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Standing {
  /** The share of requests that went well; null when there were none. */
  readonly share: number | null;
  /** What went wrong as a share of what may: 0 when nothing did, above 1 when the promise is broken. */
  readonly budgetSpent: number;
  readonly budgetLeft: number;
  readonly verdict: Verdict;
}

export function standing(counts: Tally, target: number): Standing {
  const { requests, bad } = counts;
  const budgetSpent = requests > 0 ? bad / requests / (1 - target) : 0;
  return {
    share: requests > 0 ? 1 - bad / requests : null,
    budgetSpent,
    budgetLeft: 1 - budgetSpent,
    verdict: verdictOf(counts, target),
  };
}

function verdictOf(
  { promisedMinutes, measuredMinutes, unknownMinutes, requests, bad }: Tally,
  target: number,
): Verdict {
  if (promisedMinutes === 0) return 'not-promised';
  const allowed = 1 - target;
  if (bad > allowed * requests) return 'broken';
  if (measuredMinutes === 0) return 'unproven';
  // As many were asked in the unknown time as in the measured time, and all of them failed.
  const lost = (requests / measuredMinutes) * unknownMinutes;
  return bad + lost > allowed * (requests + lost) ? 'unproven' : 'kept';
}
