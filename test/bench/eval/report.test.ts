import assert from 'node:assert/strict';
import { byCategory, figuresOf, tableOf } from '../../../bench/eval/report.ts';
import { score, type Outcome } from '../../../bench/eval/score.ts';
import { estimate } from '../../../services/cache-engine/src/engine/semantic/estimate.ts';

const outcome = (id: string, category: string, same: boolean, answeredBy?: string): Outcome => ({
  pair: { id, category, a: 'a', b: 'b', same },
  answeredBy,
  rank: undefined,
});
const outcomes = [
  outcome('1', 'trap-town', false, '1'),
  outcome('2', 'trap-town', false),
  outcome('3', 'paraphrase', true, '3'),
  outcome('4', 'paraphrase', true, '9'),
];
const scores = score(outcomes);
const judge = {
  ...{ calls: 7, callsPerSavedOriginCall: 3.5, secondAsking: scores },
  measuredFalseHits: estimate(1, 4),
  trueFalseHits: estimate(2, 5),
};

describe('the report of a run', () => {
  it('gives the figures as shares from 0 to 1, those of a judge only where there was one', () => {
    const shares = { trueHit: 0.5, falseHit: 0.5, wrongOfHits: 2 / 3, wrongOfAll: 0.5, candidateRecall5: 0, n: 4 };
    const figures = figuresOf({ scores, outcomes });
    for (const [name, share] of Object.entries(figures)) assert.equal(share, shares[name as keyof typeof shares], name);
    assert.ok(Object.keys(figures).length >= 5 && !('judgeCalls' in figures));
    const judged = figuresOf({ scores, outcomes, judge });
    assert.deepEqual([judged['judgeCalls'], judged['judgeCallsPerSavedOriginCall']], [7, 3.5]);
    assert.deepEqual(judged['secondAsking'], figures);
  });

  it('shows each share in per cent with its interval and the count behind it, in columns', () => {
    const lines = tableOf({ scores, outcomes, judge }).trimEnd().split('\n');
    assert.match(
      lines[0] ?? '',
      /^true hits, of the pairs that ask the same +50\.0 % {2}\(9\.5 % to 90\.5 %, n = 2\)$/,
    );
    assert.match(lines[2] ?? '', /^wrong answers, of all hits +66\.7 % {2}\(20\.8 % to 93\.9 %, n = 3\)$/);
    assert.equal(new Set(lines.filter((line) => line.includes('n = ')).map((line) => line.indexOf('(')))?.size, 1);
    assert.ok(lines.some((line) => /^calls of the judge +7$/.test(line)));
    assert.ok(lines.some((line) => /^calls of the judge for each saved origin call +3\.50$/.test(line)));
    assert.ok(!tableOf({ scores, outcomes }).includes('judge'));
  });

  it('counts the hits by category, and names wrong ones where there are any', () => {
    const [head, first, second, ...rest] = byCategory([...outcomes, outcome('5', 'idle', true)])
      .trimEnd()
      .split('\n');
    assert.equal(head, 'hits by category');
    assert.match(first ?? '', /^ {2}idle +0 of 1$/);
    assert.match(second ?? '', /^ {2}paraphrase +2 of 2, 1 wrong$/);
    assert.match(rest.join('\n'), /^ {2}trap-town +1 of 2, 1 wrong$/);
  });
});
