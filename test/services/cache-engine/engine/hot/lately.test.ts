import assert from 'node:assert/strict';
import { Lately } from '../../../../../services/cache-engine/src/engine/hot/lately.ts';

const NOW = Date.UTC(2026, 4, 1, 10);

describe('what a store was lately without', () => {
  it('is known for as many askings as is wanted, and from the last time on', () => {
    const lately = new Lately(1024);
    assert.equal(lately.has('p:a', 100), false);
    lately.asked('p:a', NOW);
    lately.asked('p:b', NOW);
    lately.asked('p:c', NOW);
    assert.deepEqual([lately.has('p:a', 2), lately.has('p:a', 1)], [true, false]);
    lately.asked('p:a', NOW);
    assert.equal(lately.has('p:a', 0), true);
  });

  it('counts what was let go of from then on, which is no asking', () => {
    const lately = new Lately(1024);
    lately.asked('p:a', NOW);
    lately.left('p:b', NOW);
    assert.deepEqual([lately.has('p:a', 0), lately.has('p:b', 0)], [true, true]);
  });

  it('tells the last use to the second', () => {
    const lately = new Lately(1024);
    lately.asked('p:a', NOW + 1999);
    assert.deepEqual([lately.lastUse('p:a'), lately.lastUse('p:b')], [NOW + 1000, undefined]);
  });

  it('forgets some, knows no key that was not noted, and stays as large as it is', () => {
    const lately = new Lately(16);
    const keys = Array.from({ length: 1000 }, (_, index) => `p:${index}`);
    for (const key of keys) lately.asked(key, NOW);
    const known = keys.filter((key) => lately.has(key, Infinity));
    assert.ok(known.length > 0 && known.length <= 16, `${known.length} keys are known`);
    assert.equal(lately.has('p:another', Infinity), false);
  });
});
