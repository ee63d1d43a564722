import assert from 'node:assert/strict';
import {
  footprint,
  type HotStore,
  type HotStoreOptions,
} from '../../../../../services/cache-engine/src/engine/hot/hot-store.ts';
import { fc } from '../../../../support/property.ts';

/** What the stores of these tests hold. */
export interface Value {
  readonly number: number;
}

const CAPACITY = 4000;

type Step =
  | { readonly kind: 'get' | 'peek' | 'delete'; readonly key: string }
  | { readonly kind: 'set'; readonly key: string; readonly bytes: number }
  | { readonly kind: 'clear' };

const keys = fc.integer({ min: 0, max: 30 }).map((number) => `k${number}`);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('get', 'peek', 'delete'), key: keys }) },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('set'),
        key: keys,
        bytes: fc.oneof(fc.nat(400), fc.integer({ min: 3000, max: 5000 })),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: 'clear' }) },
  ),
  { maxLength: 300 },
);

/** What every store promises, whatever it lets go of. */
export function describeHotStore(name: string, make: (options: HotStoreOptions<Value>) => HotStore<Value>): void {
  describe(`${name}, as a store of the hot tier`, () => {
    it('gives back what was set last, until it is deleted', () => {
      const store = make({ capacity: CAPACITY });
      assert.ok(store.set('a', { number: 1 }, 10) && store.set('b', { number: 2 }, 10));
      assert.ok(store.set('a', { number: 3 }, 20));
      assert.deepEqual([store.get('a'), store.peek('b'), store.get('c')], [{ number: 3 }, { number: 2 }, undefined]);
      assert.deepEqual([...store.keys()].sort(), ['a', 'b']);
      assert.deepEqual([store.delete('a'), store.delete('a')], [true, false]);
      assert.deepEqual([store.get('a'), store.size], [undefined, 1]);
    });

    it('gives all bytes back on deleting and on clearing', () => {
      const store = make({ capacity: CAPACITY });
      store.set('a', { number: 1 }, 100);
      assert.equal(store.bytes, footprint('a', 100));
      store.set('a', { number: 1 }, 50);
      assert.equal(store.bytes, footprint('a', 50));
      store.delete('a');
      assert.equal(store.bytes, 0);
      store.set('b', { number: 2 }, 100);
      store.clear();
      assert.deepEqual([store.bytes, store.size, [...store.keys()]], [0, 0, []]);
      assert.ok(store.set('b', { number: 3 }, 100));
    });

    it('keeps nothing larger than itself, empties itself for nothing, and forgets what it would have replaced', () => {
      const store = make({ capacity: CAPACITY });
      store.set('a', { number: 1 }, 10);
      store.set('b', { number: 2 }, 10);
      assert.equal(store.set('c', { number: 3 }, CAPACITY), false);
      assert.equal(store.size, 2);
      assert.equal(store.set('a', { number: 4 }, CAPACITY), false);
      assert.deepEqual([store.get('a'), store.get('b')], [undefined, { number: 2 }]);
    });

    it('never exceeds its capacity, holds only what was set last, and tells of every key that leaves', () => {
      fc.assert(
        fc.property(steps, (sequence) => {
          const model = new Map<string, { value: Value; bytes: number }>();
          const left: [string, Value][] = [];
          const store = make({ capacity: CAPACITY, onLeave: (key, value) => left.push([key, value]) });
          sequence.forEach((step, number) => apply(step, number, store, model, left));
        }),
      );
    });
  });
}

/** Takes one step with the store and with a map that knows what has been set and has not left, and compares them. */
function apply(
  step: Step,
  number: number,
  store: HotStore<Value>,
  model: Map<string, { value: Value; bytes: number }>,
  left: [string, Value][],
): void {
  left.length = 0;
  if (step.kind === 'clear') {
    store.clear();
    model.clear();
    assert.equal(left.length, 0);
  } else if (step.kind === 'set') {
    const value = { number };
    const kept = store.set(step.key, value, step.bytes);
    const before = model.get(step.key);
    for (const [key, gone] of left) {
      assert.ok(gone === model.get(key)?.value || (key === step.key && gone === value), `${key} left twice`);
      if (key !== step.key || gone !== value) model.delete(key);
    }
    if (kept) model.set(step.key, { value, bytes: step.bytes });
    else {
      assert.ok(before === undefined || left.some(([key]) => key === step.key), 'a replaced value left unseen');
      model.delete(step.key);
    }
  } else if (step.kind === 'delete') {
    const held = model.get(step.key);
    assert.equal(store.delete(step.key), held !== undefined);
    assert.deepEqual(left, held === undefined ? [] : [[step.key, held.value]]);
    model.delete(step.key);
  } else {
    assert.equal(store[step.kind](step.key), model.get(step.key)?.value);
  }
  assert.ok(store.bytes <= CAPACITY);
  assert.equal(store.size, model.size);
  assert.deepEqual([...store.keys()].sort(), [...model.keys()].sort());
  const bytes = [...model].reduce((sum, [key, held]) => sum + footprint(key, held.bytes), 0);
  assert.equal(store.bytes, bytes);
}
