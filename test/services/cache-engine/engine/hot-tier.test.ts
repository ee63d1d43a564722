import assert from 'node:assert/strict';
import { Entry } from '../../../../services/cache-engine/src/engine/entry.ts';
import { HotTier } from '../../../../services/cache-engine/src/engine/hot-tier.ts';
import { TestClock } from '../support/doubles.ts';

const KIB = 1024;

describe('the hot tier', () => {
  let clock: TestClock;
  const entry = (bytes: number, seconds = 60) =>
    new Entry(Buffer.alloc(bytes), clock.now(), clock.now() + seconds * 1000);
  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
  });

  it('gives an entry until the instant of its expiry', () => {
    const tier = new HotTier(100 * KIB, clock);
    tier.set('a', entry(10, 60));
    clock.pass(59.999);
    assert.ok(tier.get('a'));
    clock.pass(0.001);
    assert.equal(tier.get('a'), undefined);
    assert.equal(tier.bytes, 0);
  });

  it('stays within its bytes, and lets go of what was not used for longest', () => {
    const tier = new HotTier(10 * KIB, clock);
    for (const key of ['a', 'b', 'c']) tier.set(key, entry(2.5 * KIB));
    tier.get('a');
    tier.set('d', entry(2.5 * KIB));
    assert.ok(tier.bytes <= 10 * KIB);
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((key) => tier.get(key) !== undefined),
      [true, false, true, true],
    );
  });

  it('does not empty itself for an entry that it cannot hold', () => {
    const tier = new HotTier(10 * KIB, clock);
    tier.set('small', entry(KIB));
    tier.set('huge', entry(11 * KIB));
    assert.equal(tier.get('huge'), undefined);
    assert.ok(tier.get('small'));
  });
});
