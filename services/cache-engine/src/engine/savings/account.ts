import type { Savings } from '../../ports/ledger.ts';
import type { Answered } from '../answering.ts';

/** Nothing counted. */
export const NOTHING: Savings = {
  ...{ hits: 0, misses: 0, semanticHits: 0, staleHits: 0 },
  ...{ tokens: 0, microDollars: 0, milliseconds: 0 },
};

/** The sum of two counts. */
export function plus(one: Savings, other: Savings): Savings {
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

/** What is counted for one vendor until it is taken to the ledger. Counting is a few additions, for it is done with every hit. */
export class Account {
  readonly #savings = { ...NOTHING };

  /**
   * Counts an answer that took `milliseconds` to give. Whoever is given an answer past its time waits less, but the origin is asked
   * all the same: such a hit saves time, and neither tokens nor money; none at all when the origin was waited for in vain.
   */
  count({ source, match, stale, entry: { making } }: Answered, milliseconds: number): void {
    const savings = this.#savings;
    if (source === 'miss') {
      savings.misses++;
      return;
    }
    savings.hits++;
    if (match === 'alias') savings.semanticHits++;
    if (stale !== undefined) savings.staleHits++;
    if (stale === 'origin-failed') return;
    savings.milliseconds += Math.max(0, making.milliseconds - milliseconds);
    if (stale !== undefined) return;
    savings.tokens += making.tokens;
    savings.microDollars += making.microDollars;
  }

  /** What was counted, in whole milliseconds and millionths. */
  get savings(): Savings {
    const { microDollars, milliseconds, ...rest } = this.#savings;
    return { ...rest, microDollars: Math.round(microDollars), milliseconds: Math.round(milliseconds) };
  }
}
