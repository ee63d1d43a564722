/** A stored question that may ask the same as another. */
export interface Candidate {
  /** Cosine similarity, -1 to 1. */
  readonly similarity: number;
  readonly id: string;
  readonly text: string;
}

/** How strongly a place in a ranking counts: Cormack, Clarke and Büttcher's reciprocal rank fusion, with their constant. */
const FUSION = 60;

/**
 * Puts several rankings of ids together: an id counts by its places, whatever the scores behind them mean.
 * @returns the first `count` ids, best first; ties by the first ranking that names them.
 */
export function fuse(rankings: readonly (readonly string[])[], count: number): readonly string[] {
  const scores = new Map<string, number>();
  for (const ranking of rankings)
    ranking.forEach((id, place) => scores.set(id, (scores.get(id) ?? 0) + 1 / (FUSION + place)));
  return [...scores]
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([id]) => id);
}
