import type { StatisticsFigures } from '@wedsync/region-operator/wire';
import { dollars, NOTHING, waited } from '../../format.ts';

/** Hits for which the origin was not asked. A stale answer is given while it is, or after it has failed. */
export function callsNotMade({ hits, staleHits }: StatisticsFigures): number {
  return hits - staleHits;
}

/** Tokens that cost nothing are those of a model whose price nobody knows. */
export function priceUnknown({ savedDollars, savedTokens }: StatisticsFigures): boolean {
  return savedDollars === 0 && savedTokens > 0;
}

export function moneyOf(figures: StatisticsFigures): string {
  return priceUnknown(figures) ? NOTHING : dollars(figures.savedDollars);
}

export function waitingOf({ savedSeconds }: StatisticsFigures): string {
  return savedSeconds === 0 ? NOTHING : waited(savedSeconds);
}
