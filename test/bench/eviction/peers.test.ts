import assert from 'node:assert/strict';
import { FrequencySketch } from '../../../bench/eviction/frequency-sketch.ts';
import { LruStore } from '../../../bench/eviction/lru-store.ts';
import { TinyLfuStore } from '../../../bench/eviction/tiny-lfu-store.ts';
import { footprint } from '../../../services/cache-engine/src/engine/hot/hot-store.ts';
import { describeHotStore } from '../../services/cache-engine/engine/hot/conformance.ts';

describeHotStore('W-TinyLFU', (options) => new TinyLfuStore(options));
describeHotStore('lru-cache', (options) => new LruStore(options));

describe('W-TinyLFU', () => {
  it('does not let newcomers that are seen once push out what is used', () => {
    const store = new TinyLfuStore<object>({ capacity: 100 * footprint('key-00', 100) });
    const used = Array.from({ length: 80 }, (_, number) => `key-${number}`);
    for (let round = 0; round < 5; round++)
      for (const key of used) if (store.get(key) === undefined) store.set(key, {}, 100);
    for (let number = 0; number < 1000; number++) store.set(`once-${number}`, {}, 100);
    const kept = used.filter((key) => store.peek(key) !== undefined);
    assert.ok(kept.length >= 78, `${kept.length} of ${used.length} were kept`);
  });
});

describe('the frequency sketch', () => {
  it('counts at least what it saw, up to fifteen, and halves its counts in time', () => {
    const sketch = new FrequencySketch(64);
    for (let number = 0; number < 9; number++) sketch.add(12345);
    assert.ok(sketch.count(12345) >= 9);
    for (let number = 0; number < 9; number++) sketch.add(12345);
    assert.equal(sketch.count(12345), 15);
    for (let number = 0; number < 640; number++) sketch.add(777);
    assert.ok(sketch.count(12345) < 15);
  });
});
