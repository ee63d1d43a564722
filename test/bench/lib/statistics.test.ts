import assert from 'node:assert/strict';
import { ratios, spreadOf } from '../../../bench/lib/statistics.ts';
import { fc } from '../../support/property.ts';

describe('statistics of a bench', () => {
  it('takes the middle of the figures and their extremes', () => {
    assert.deepEqual(spreadOf([3, 1, 2]), { median: 2, least: 1, most: 3 });
    assert.deepEqual(spreadOf([4, 1, 2, 3]), { median: 2.5, least: 1, most: 4 });
    assert.throws(() => spreadOf([]), RangeError);
  });

  it('divides round by round', () => {
    assert.deepEqual(ratios([2, 9], [1, 3]), [2, 3]);
    assert.throws(() => ratios([1], [1, 2]), /1 rounds have no ratio to 2/);
    assert.throws(() => ratios([1], [0]), /A ratio to 0 says nothing/);
  });

  it('gives the same ratio whatever slows both down in a round', () => {
    const rounds = fc.array(
      fc.tuple(fc.double({ min: 1, max: 100, noNaN: true }), fc.double({ min: 0.5, max: 8, noNaN: true })),
      {
        minLength: 1,
      },
    );
    const within = (figures: readonly number[]) => figures.every((figure) => Math.abs(figure - 2) < 1e-9);
    fc.assert(
      fc.property(rounds, (drawn) => {
        const base = drawn.map(([cost, slowness]) => cost * slowness);
        return within(
          ratios(
            drawn.map(([cost, slowness]) => 2 * cost * slowness),
            base,
          ),
        );
      }),
    );
  });
});
