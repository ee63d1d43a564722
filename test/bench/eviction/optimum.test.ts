import assert from 'node:assert/strict';
import { type KeyTrace, seasonKeyTrace, zipfTrace } from '../../../bench/eviction/key-trace.ts';
import { bytesOf, hitRate } from '../../../bench/eviction/measure.ts';
import { beladyHitRate, staticHitRate } from '../../../bench/eviction/optimum.ts';
import { footprint } from '../../../services/cache-engine/src/engine/hot/hot-store.ts';
import { SieveStore } from '../../../services/cache-engine/src/engine/hot/sieve-store.ts';
import { fc } from '../../support/property.ts';
import { SMALL } from '../season/support.ts';

const SIZE = 100;
const traceOf = (keys: readonly string[], until = Infinity): KeyTrace => ({
  name: 'test',
  lookups: keys.map((key, at) => ({ key, at, until: at + until })),
  bytes: new Map(keys.map((key) => [key, SIZE])),
});
const room = (values: number) => values * footprint('a', SIZE);

describe('who knows the future', () => {
  it("hits what Belady's rule says", () => {
    // a b c a b d a b: with room for two, c and d are not taken in, and a and b hit twice each.
    assert.equal(beladyHitRate(traceOf([...'abcabdab']), room(2)), 4 / 8);
    assert.equal(beladyHitRate(traceOf([...'aaaa']), room(1)), 3 / 4);
    assert.equal(beladyHitRate(traceOf([...'abab']), room(1)), 1 / 4);
  });

  it('hits nothing that has expired', () => {
    assert.equal(beladyHitRate(traceOf([...'aaaa'], 1), room(1)), 0);
    assert.equal(beladyHitRate(traceOf([...'aaaa'], 2), room(1)), 2 / 4);
    assert.equal(staticHitRate(traceOf([...'aaaa'], 2), room(1)), 2 / 4);
  });

  it('hits as much as any choice could, for values of one size', () => {
    const keys = fc.array(fc.constantFrom(...'abcd'), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 3 }), (asked, capacity) => {
        assert.equal(beladyHitRate(traceOf(asked), room(capacity)), bestOf(asked, capacity) / asked.length);
      }),
    );
  });

  it('hits at least as much as any store does', () => {
    const trace = zipfTrace(500, 0.9, 5000, 3);
    const capacity = bytesOf(trace) / 10;
    assert.ok(beladyHitRate(trace, capacity) > hitRate((options) => new SieveStore(options), trace, capacity));
    assert.ok(beladyHitRate(trace, capacity) > staticHitRate(trace, capacity));
  });
});

describe('the look-ups of a season', () => {
  it('are as many as its requests, each by a key that has a size', () => {
    const { lookups, bytes } = seasonKeyTrace(SMALL);
    assert.ok(Math.abs(lookups.length - SMALL.requests) < 0.1 * SMALL.requests);
    assert.ok(lookups.every(({ key, at, until }) => (bytes.get(key) ?? 0) > 0 && until > at));
  });
});

/** The most hits that any choice of what to hold can have, by trying all of them. */
function bestOf(keys: readonly string[], capacity: number): number {
  const best = (index: number, held: ReadonlySet<string>): number => {
    const key = keys[index];
    if (key === undefined) return 0;
    if (held.has(key)) return 1 + best(index + 1, held);
    const wider = new Set([...held, key]);
    if (wider.size <= capacity) return best(index + 1, wider);
    return Math.max(
      ...[...wider].map((victim) => best(index + 1, new Set([...wider].filter((one) => one !== victim)))),
    );
  };
  return best(0, new Set());
}
