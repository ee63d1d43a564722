import { NOTHING, plus } from '../engine/savings/account.ts';
import type { Savings } from '../ports/ledger.ts';

/** A month of a vendor's books. */
interface Month {
  readonly month: string;
  readonly savings: Savings;
}

/** The books of a vendor as the API shows them: month by month, and in all. */
export function describeStatistics(months: readonly Month[]) {
  return {
    months: months.map(({ month, savings }) => ({ month, ...figuresOf(savings) })),
    total: figuresOf(months.reduce((sum, { savings }) => plus(sum, savings), NOTHING)),
  };
}

function figuresOf({ hits, misses, semanticHits, staleHits, tokens, microDollars, milliseconds }: Savings) {
  const requests = hits + misses;
  return {
    ...{ hits, misses, hitRate: requests === 0 ? null : hits / requests, semanticHits, staleHits },
    savedTokens: tokens,
    savedDollars: microDollars / 1e6,
    savedSeconds: milliseconds / 1000,
  };
}
