import assert from 'node:assert/strict';
import { footprint } from '../../../../../services/cache-engine/src/engine/hot/hot-store.ts';
import { SieveStore } from '../../../../../services/cache-engine/src/engine/hot/sieve-store.ts';
import { fc } from '../../../../support/property.ts';
import { describeHotStore } from './conformance.ts';

describeHotStore('SIEVE', (options) => new SieveStore(options));

describe('eviction by SIEVE', () => {
  const storeOf = (values: number) => new SieveStore<string>({ capacity: values * footprint('a', 100) });
  const fill = (store: SieveStore<string>, keys: string) => {
    for (const key of keys) store.set(key, key, 100);
  };
  const held = (store: SieveStore<string>) => [...store.keys()].sort().join('');

  it('lets go of the oldest value that was not used', () => {
    const store = storeOf(3);
    fill(store, 'abc');
    store.get('a');
    fill(store, 'd');
    assert.equal(held(store), 'acd');
  });

  it('does not count a peek as a use', () => {
    const store = storeOf(3);
    fill(store, 'abc');
    store.peek('a');
    fill(store, 'd');
    assert.equal(held(store), 'bcd');
  });

  it('goes on where it stopped, so that what was used is safe until the hand has gone all the way', () => {
    const store = storeOf(4);
    fill(store, 'abcd');
    store.get('a');
    fill(store, 'e');
    assert.equal(held(store), 'acde');
    fill(store, 'f');
    assert.equal(held(store), 'adef');
  });

  it('starts over at the oldest when the hand has passed the newest', () => {
    const store = storeOf(3);
    fill(store, 'abc');
    for (const key of 'abc') store.get(key);
    fill(store, 'd');
    assert.equal(held(store), 'bcd');
  });

  it('lets go of as many small values as one large one needs', () => {
    const store = storeOf(4);
    fill(store, 'abcd');
    store.set('e', 'e', 2 * footprint('a', 100) + 100);
    assert.equal(held(store), 'de');
  });

  it('never lets go of the value that is being replaced, however large it becomes', () => {
    const store = storeOf(3);
    fill(store, 'abc');
    assert.ok(store.set('a', 'A', 3 * footprint('a', 100) - footprint('a', 0)));
    assert.equal(held(store), 'a');
  });

  it('lets go of what is gone, however much it was used', () => {
    const gone = new Set<string>();
    const store = new SieveStore<string>({ capacity: 3 * footprint('a', 100), isGone: (value) => gone.has(value) });
    fill(store, 'abc');
    for (const key of 'abc') store.get(key);
    gone.add('b');
    fill(store, 'd');
    assert.equal(held(store), 'acd');
  });

  it('does with equal sizes what the published algorithm does', () => {
    const keys = fc.array(fc.integer({ min: 0, max: 9 }).map(String), { maxLength: 200 });
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 6 }), (asked, capacity) => {
        const store = storeOf(capacity);
        const published = new PublishedSieve(capacity);
        for (const key of asked) {
          const hit = store.get(key) !== undefined;
          if (!hit) store.set(key, key, 100);
          assert.equal(hit, published.access(key));
          assert.deepEqual([...store.keys()].sort(), published.keys());
        }
      }),
    );
  });
});

/** Algorithm 1 of the paper as it is printed, over an array whose first element is the head, the newest. */
class PublishedSieve {
  readonly #capacity: number;
  readonly #queue: { key: string; visited: boolean }[] = [];
  #hand: { key: string; visited: boolean } | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  keys(): string[] {
    return this.#queue.map(({ key }) => key).sort();
  }

  access(key: string): boolean {
    const found = this.#queue.find((object) => object.key === key);
    if (found !== undefined) {
      found.visited = true;
      return true;
    }
    if (this.#queue.length === this.#capacity) this.#evict();
    this.#queue.unshift({ key, visited: false });
    return false;
  }

  #evict(): void {
    const before = (object: { key: string; visited: boolean }) =>
      this.#queue[this.#queue.indexOf(object) - 1] ?? this.#queue.at(-1);
    let object = this.#hand ?? this.#queue.at(-1);
    while (object?.visited === true) {
      object.visited = false;
      object = before(object);
    }
    if (object === undefined) return;
    const place = this.#queue.indexOf(object);
    this.#hand = this.#queue[place - 1];
    this.#queue.splice(place, 1);
  }
}
