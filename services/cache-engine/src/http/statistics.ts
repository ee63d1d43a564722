import type { Savings } from '../ports/ledger.ts';

/** A month of a vendor's books. */
interface Month {
  readonly month: string;
  readonly savings: Savings;
}

const NOTHING: Savings = {
  ...{ hits: 0, misses: 0, semanticHits: 0, staleHits: 0 },
  ...{ tokens: 0, microDollars: 0, milliseconds: 0 },
};

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

function plus(one: Savings, other: Savings): Savings {
  return {
    hits: one.hits + other.hits,
    misses: one.misses + other.misses,
    semanticHits: one.semanticHits + other.semanticHits,
    staleHits: one.staleHits + other.staleHits,
    tokens: one.tokens + other.tokens,
    microDollars: one.microDollars + other.microDollars,
    milliseconds: one.milliseconds + other.milliseconds,
  };
}
