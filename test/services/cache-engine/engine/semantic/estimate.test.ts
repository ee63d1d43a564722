import assert from 'node:assert/strict';
import { estimate } from '../../../../../services/cache-engine/src/engine/semantic/estimate.ts';
import { fc } from '../../../../support/property.ts';

describe('the estimate of a share', () => {
  /** By hand from Wilson's formula with z = 1.959964; the second is Newcombe's (1998) example, 81 of 263. */
  const known: readonly [hits: number, count: number, low: number, high: number][] = [
    [0, 10, 0, 0.2775],
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ];
  for (const [hits, count, low, high] of known) {
    it(`of ${hits} in ${count} is Wilson’s interval`, () => {
      const found = estimate(hits, count);
      assert.equal(found.share, hits / count);
      assert.equal(found.count, count);
      assert.ok(Math.abs(found.low - low) < 1e-4, `low is ${found.low}`);
      assert.ok(Math.abs(found.high - high) < 1e-4, `high is ${found.high}`);
    });
  }

  it('of nothing may be anything', () => {
    assert.deepEqual(estimate(0, 0), { share: 0, low: 0, high: 1, count: 0 });
  });

  it('holds the share that was counted, mirrors, and narrows with the count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (count, drawn) => {
        const hits = Math.min(drawn, count);
        const { share, low, high } = estimate(hits, count);
        assert.ok(0 <= low && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1);
        const mirror = estimate(count - hits, count);
        assert.ok(Math.abs(mirror.low - (1 - high)) < 1e-9);
        const more = estimate(hits * 4, count * 4);
        assert.ok(more.high - more.low < high - low);
      }),
    );
  });
});
