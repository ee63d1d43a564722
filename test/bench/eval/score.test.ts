import assert from 'node:assert/strict';
import { score, type Outcome } from '../../../bench/eval/score.ts';
import { estimate } from '../../../services/cache-engine/src/engine/semantic/estimate.ts';
import { fc } from '../../support/property.ts';

const outcome = (id: string, same: boolean, answeredBy?: string, rank?: number): Outcome => ({
  pair: { id, category: 'c', a: `a of ${id}`, b: `b of ${id}`, same },
  answeredBy,
  rank,
});

describe('the scores of a run', () => {
  it('count a hit as true only when the pair asks the same and its own first question answered', () => {
    const scores = score([
      outcome('1', true, '1', 0),
      outcome('2', true, '9', 4),
      outcome('3', true, undefined, 5),
      outcome('4', true),
      outcome('5', false, '5', 0),
      outcome('6', false, '7', 1),
      outcome('7', false),
    ]);
    assert.deepEqual(scores, {
      trueHit: estimate(1, 4),
      falseHit: estimate(2, 3),
      wrongOfHits: estimate(3, 4),
      wrongOfAll: estimate(3, 7),
      candidateRecall5: estimate(2, 4),
      n: 7,
    });
  });

  it('of nothing say that nothing is known', () => {
    const { trueHit, falseHit, n } = score([]);
    assert.deepEqual([trueHit.count, trueHit.high, falseHit.count, n], [0, 1, 0, 0]);
  });

  it('add up, whatever the outcomes', () => {
    const any = fc.record({
      same: fc.boolean(),
      answered: fc.constantFrom('own', 'other', undefined),
      rank: fc.option(fc.nat(9), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(any), (drawn) => {
        const outcomes = drawn.map(({ same, answered, rank }, at) =>
          outcome(`${at}`, same, answered === 'own' ? `${at}` : answered, rank),
        );
        const { trueHit, falseHit, wrongOfHits, wrongOfAll, n } = score(outcomes);
        assert.equal(trueHit.count + falseHit.count, n);
        assert.equal(wrongOfAll.count, n);
        const hits = outcomes.filter(({ answeredBy }) => answeredBy !== undefined).length;
        assert.equal(wrongOfHits.count, hits);
        // Every hit is true or wrong, and every answer to a pair that differs is wrong.
        assert.equal(Math.round(trueHit.share * trueHit.count) + Math.round(wrongOfHits.share * hits), hits);
        assert.ok(Math.round(falseHit.share * falseHit.count) <= Math.round(wrongOfAll.share * n));
      }),
    );
  });
});
