import type { QuestionPair } from '../eval/pairs.ts';
import type { Outcome } from '../eval/score.ts';

/** A pair's second question with the first questions that lie nearest. */
export interface Nearest {
  readonly pair: QuestionPair;
  /** Id of the pair whose first question is most alike, and how alike: the cosine. */
  readonly id: string;
  readonly cosine: number;
  /** How many first questions are more alike than the pair's own. */
  readonly rank: number;
}

/** Looks for the second question of each pair among all first ones. Vectors have the length 1. */
export function nearestOf(pairs: readonly QuestionPair[], vectorOf: (text: string) => Float32Array): Nearest[] {
  const stored = pairs.map(({ id, a }) => ({ id, vector: vectorOf(a) }));
  return pairs.map((pair) => {
    const asked = vectorOf(pair.b);
    const own = cosine(asked, vectorOf(pair.a));
    let best = { id: '', cosine: -Infinity };
    let rank = 0;
    for (const { id, vector } of stored) {
      const alike = cosine(asked, vector);
      if (alike > own) rank++;
      if (alike > best.cosine) best = { id, cosine: alike };
    }
    return { pair, ...best, rank };
  });
}

/** What a cache does that gives the nearest question's answer whenever the cosine is at least `threshold`. */
export function outcomesAt(threshold: number, nearest: readonly Nearest[]): Outcome[] {
  return nearest.map(({ pair, id, cosine: alike, rank }) => ({
    pair,
    answeredBy: alike >= threshold ? id : undefined,
    rank,
  }));
}

function cosine(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
