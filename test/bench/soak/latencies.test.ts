import assert from 'node:assert/strict';
import { Latencies } from '../../../bench/soak/latencies.ts';
import { fc } from '../../support/property.ts';

describe('counted latencies', () => {
  it('knows every quantile to two percent', () => {
    const times = fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(times, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const latencies = new Latencies();
        all.forEach((time) => latencies.add(time));
        const sorted = all.toSorted((one, other) => one - other);
        const exact = sorted.find((_, index) => index + 1 >= share * all.length) as number;
        const found = latencies.quantile(share);
        assert.ok(found >= exact * (1 - 1e-9) && found <= exact * 1.0201, `${found} for ${exact}`);
      }),
    );
  });

  it('knows nothing of no answers', () => {
    assert.ok(Number.isNaN(new Latencies().quantile(0.5)));
  });
});
