import assert from 'node:assert/strict';
import { warmAlone } from '../../../bench/warm/warm-alone.ts';
import { fc } from '../../support/property.ts';

describe('taking the hot hits out of a mix', () => {
  it('finds the cost of the warm ones again', () => {
    const cost = fc.double({ min: 1, max: 1000, noNaN: true });
    fc.assert(
      fc.property(cost, cost, fc.double({ min: 0.1, max: 1, noNaN: true }), (warm, hot, share) => {
        const mixed = share * warm + (1 - share) * hot;
        assert.ok(Math.abs(warmAlone(mixed, hot, share) - warm) < 1e-6);
      }),
    );
  });

  it('refuses a mix without warm hits', () => {
    assert.throws(() => warmAlone(1, 1, 0), /A mix is not 0 warm/);
  });
});
