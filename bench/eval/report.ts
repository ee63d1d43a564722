import type { Estimate } from '../../services/cache-engine/src/engine/semantic/estimate.ts';
import type { EvalResult } from './run.ts';
import type { Outcome, Scores } from './score.ts';

/** The figures of a run as one JSON object: shares from 0 to 1. */
export function figuresOf({ scores, judge }: EvalResult): Readonly<Record<string, number | object>> {
  return {
    ...sharesOf(scores),
    ...(judge === undefined
      ? {}
      : {
          judgeCalls: judge.calls,
          judgeCallsPerSavedOriginCall: judge.callsPerSavedOriginCall,
          secondAsking: sharesOf(judge.secondAsking),
          measuredFalseHitShare: judge.measuredFalseHits.share,
          trueFalseHitShare: judge.trueFalseHits.share,
        }),
  };
}

/** The scores as a table with their 95 % intervals. */
export function tableOf({ scores, judge }: EvalResult): string {
  const lines = [
    row('true hits, of the pairs that ask the same', scores.trueHit),
    row('false hits, of the pairs that do not', scores.falseHit),
    row('wrong answers, of all hits', scores.wrongOfHits),
    row('wrong answers, of all questions', scores.wrongOfAll),
    row('right question among the first five candidates', scores.candidateRecall5),
  ];
  if (judge !== undefined) {
    lines.push(row('true hits at the second asking', judge.secondAsking.trueHit));
    lines.push(row('false hits by alias, as judging them again shows', judge.measuredFalseHits));
    lines.push(row('false hits by alias, as they were', judge.trueFalseHits));
    lines.push(`${'calls of the judge'.padEnd(WIDTH)}${judge.calls}`);
    lines.push(
      `${'calls of the judge for each saved origin call'.padEnd(WIDTH)}${judge.callsPerSavedOriginCall.toFixed(2)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** How many of each category were hit, and how many of these wrongly. */
export function byCategory(outcomes: readonly Outcome[]): string {
  const categories = Map.groupBy(outcomes, ({ pair }) => pair.category);
  const lines = [...categories]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([category, of]) => {
      const hits = of.filter(({ answeredBy }) => answeredBy !== undefined);
      const wrong = hits.filter(({ pair, answeredBy }) => !(pair.same && answeredBy === pair.id)).length;
      return `  ${category.padEnd(WIDTH - 2)}${hits.length} of ${of.length}${wrong > 0 ? `, ${wrong} wrong` : ''}`;
    });
  return `hits by category\n${lines.join('\n')}\n`;
}

const WIDTH = 52;

function sharesOf({ trueHit, falseHit, wrongOfHits, candidateRecall5, n }: Scores) {
  return {
    trueHit: trueHit.share,
    falseHit: falseHit.share,
    wrongOfHits: wrongOfHits.share,
    candidateRecall5: candidateRecall5.share,
    n,
  };
}

function row(what: string, { share, low, high, count }: Estimate): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  return `${what.padEnd(WIDTH)}${percent(share).padStart(7)}  (${percent(low)} to ${percent(high)}, n = ${count})`;
}
