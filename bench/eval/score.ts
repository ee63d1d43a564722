import { estimate, type Estimate } from '../../services/cache-engine/src/engine/semantic/estimate.ts';
import type { QuestionPair } from './pairs.ts';

/** What the cache did with the second question of a pair. */
export interface Outcome {
  readonly pair: QuestionPair;
  /** The id of the pair whose first question's answer was given; `undefined` for a miss. */
  readonly answeredBy: string | undefined;
  /** The place of the pair's own first question among the candidates, from 0; `undefined` when it was none of them. */
  readonly rank: number | undefined;
}

/** The scores of a run, as shares with their 95 % intervals. */
export interface Scores {
  /** True pairs whose second question got the first one's answer, of all true pairs. */
  readonly trueHit: Estimate;
  /** False pairs whose second question got any answer, of all false pairs. */
  readonly falseHit: Estimate;
  /** Answers of another question, of all answers given. */
  readonly wrongOfHits: Estimate;
  /** Answers of another question, of all questions asked. */
  readonly wrongOfAll: Estimate;
  /** True pairs whose first question was among the first five candidates. */
  readonly candidateRecall5: Estimate;
  readonly n: number;
}

/** Whether a question got the answer of the one that asks the same. */
export function isTrueHit({ pair, answeredBy }: Outcome): boolean {
  return pair.same && answeredBy === pair.id;
}

/** Scores the outcomes of a run. */
export function score(outcomes: readonly Outcome[]): Scores {
  const hits = outcomes.filter(({ answeredBy }) => answeredBy !== undefined);
  const wrong = hits.filter((outcome) => !isTrueHit(outcome)).length;
  const same = outcomes.filter(({ pair }) => pair.same);
  const different = outcomes.filter(({ pair }) => !pair.same);
  return {
    trueHit: estimate(same.filter(isTrueHit).length, same.length),
    falseHit: estimate(different.filter(({ answeredBy }) => answeredBy !== undefined).length, different.length),
    wrongOfHits: estimate(wrong, hits.length),
    wrongOfAll: estimate(wrong, outcomes.length),
    candidateRecall5: estimate(same.filter(({ rank }) => rank !== undefined && rank < 5).length, same.length),
    n: outcomes.length,
  };
}
