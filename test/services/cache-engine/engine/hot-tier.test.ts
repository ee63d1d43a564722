import assert from 'node:assert/strict';
import { Alias } from '../../../../services/cache-engine/src/engine/alias.ts';
import { Entry } from '../../../../services/cache-engine/src/engine/entry.ts';
import { HotTier } from '../../../../services/cache-engine/src/engine/hot-tier.ts';
import { fc } from '../../../support/property.ts';
import { TestClock } from '../support/doubles.ts';
import { lifetime, MAKING } from '../support/questions.ts';

const KIB = 1024;

describe('the hot tier', () => {
  let clock: TestClock;
  const entry = (bytes: number, seconds = 60) =>
    new Entry(Buffer.alloc(bytes), lifetime(clock.now(), clock.now() + seconds * 1000), MAKING);
  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
  });

  it('gives an entry until the instant at which it is gone', () => {
    const tier = new HotTier(100 * KIB, clock);
    tier.set('p:a', entry(10, 60), 'f');
    clock.pass(59.999);
    assert.ok(tier.get('p:a'));
    clock.pass(0.001);
    assert.equal(tier.get('p:a'), undefined);
    assert.equal(tier.bytes, 0);
  });

  it('stays within its bytes, and keeps what is used', () => {
    const tier = new HotTier(12 * KIB, clock);
    for (const key of ['p:a', 'p:b', 'p:c']) tier.set(key, entry(2.5 * KIB), 'f');
    tier.get('p:a');
    tier.set('p:d', entry(2.5 * KIB), 'f');
    assert.ok(tier.bytes <= 12 * KIB);
    assert.ok(tier.get('p:a') instanceof Entry);
    assert.equal(tier.size, 3);
  });

  it('does not empty itself for an entry that it cannot hold', () => {
    const tier = new HotTier(10 * KIB, clock);
    tier.set('p:small', entry(KIB), 'f');
    tier.set('p:huge', entry(11 * KIB), 'f');
    assert.equal(tier.get('p:huge'), undefined);
    assert.ok(tier.get('p:small'));
  });

  it('knows how often and when a value was used here', () => {
    const tier = new HotTier(10 * KIB, clock);
    tier.set('p:a', entry(10), 'f');
    clock.pass(5);
    tier.get('p:a');
    tier.get('p:a');
    const { uses, lastUsedAt } = tier.useOf('p:a') ?? assert.fail();
    assert.deepEqual([uses, lastUsedAt], [2, clock.now()]);
    assert.equal(tier.useOf('p:b'), undefined);
  });

  describe('offered what lies below', () => {
    const keys = Array.from({ length: 40 }, (_, index) => `p:${index}`);
    const heldOf = (tier: HotTier) => keys.filter((key) => tier.get(key) !== undefined);
    /** Asks for a key as a reader does: what is not held is read from below, where everything lies. */
    const ask = (tier: HotTier, key: string) => {
      if (tier.get(key) === undefined) tier.offer(key, entry(2.5 * KIB), 'f');
    };

    it('takes it while there is room', () => {
      const tier = new HotTier(12 * KIB, clock);
      for (const key of keys.slice(0, 3)) ask(tier, key);
      assert.deepEqual(heldOf(tier), keys.slice(0, 3));
    });

    it('is not emptied by rounds through more than it holds', () => {
      const tier = new HotTier(12 * KIB, clock);
      for (let round = 0; round < 3; round++) for (const key of keys) ask(tier, key);
      assert.deepEqual(heldOf(tier), keys.slice(0, 3));
    });

    it('takes what is asked for again soon', () => {
      const tier = new HotTier(12 * KIB, clock);
      for (const key of keys.slice(0, 10)) ask(tier, key);
      ask(tier, 'p:9');
      assert.ok(tier.get('p:9'));
    });

    it('takes back what it has let go of a moment ago', () => {
      const tier = new HotTier(12 * KIB, clock);
      for (const key of keys.slice(0, 4)) tier.set(key, entry(2.5 * KIB), 'f');
      assert.equal(tier.get('p:0'), undefined);
      ask(tier, 'p:0');
      assert.ok(tier.get('p:0'));
    });

    it('remembers when it was asked for what it did not take', () => {
      const tier = new HotTier(12 * KIB, clock);
      for (const key of keys.slice(0, 3)) ask(tier, key);
      clock.pass(3600);
      ask(tier, 'p:3');
      assert.equal(tier.get('p:3'), undefined);
      assert.deepEqual(tier.useOf('p:3'), { uses: 0, lastUsedAt: clock.now() });
    });

    it('takes back by a removal what it took, and does not hold what it did not', () => {
      const tier = new HotTier(12 * KIB, clock);
      for (const key of keys) ask(tier, key);
      assert.equal(tier.remove('p', { scope: 'partition' }), 3);
      assert.deepEqual(heldOf(tier), []);
    });
  });

  it('takes back keys, frames and partitions, and nothing else', () => {
    const alias = new Alias('p1:a', { by: 'wording', similarity: 1, at: 0 }, clock.now() + 1000);
    const filled = () => {
      const tier = new HotTier(100 * KIB, clock);
      for (const [key, frame] of [
        ['p1:a', 'f1'],
        ['p1:b', 'f1'],
        ['p1:c', 'f2'],
        ['p2:a', 'f1'],
      ] as const)
        tier.set(key, entry(10), frame);
      tier.set('p1:d', alias, 'f2');
      return tier;
    };
    const left = (tier: HotTier) =>
      ['p1:a', 'p1:b', 'p1:c', 'p1:d', 'p2:a'].filter((key) => tier.get(key) !== undefined);
    const byKey = filled();
    assert.equal(byKey.remove('p1', { scope: 'keys', keys: ['p1:a', 'p1:x'] }), 1);
    assert.deepEqual(left(byKey), ['p1:b', 'p1:c', 'p1:d', 'p2:a']);
    const byFrame = filled();
    assert.equal(byFrame.remove('p1', { scope: 'frames', frames: ['f2'] }), 2);
    assert.deepEqual(left(byFrame), ['p1:a', 'p1:b', 'p2:a']);
    const whole = filled();
    assert.equal(whole.remove('p1', { scope: 'partition' }), 4);
    assert.deepEqual(left(whole), ['p2:a']);
  });

  it('forgets where a value stood when it lets it go: what is taken back later is what it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3 })), { maxLength: 120 }),
        (sets) => {
          const tier = new HotTier(8 * KIB, clock);
          for (const [key, frame] of sets) tier.set(`p:${key}`, entry(500), `f${frame}`);
          const { size } = tier;
          assert.equal(tier.remove('p', { scope: 'partition' }), size);
          assert.deepEqual([tier.size, tier.bytes], [0, 0]);
        },
      ),
    );
  });
});
