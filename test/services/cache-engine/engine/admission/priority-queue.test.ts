import assert from 'node:assert/strict';
import { PriorityQueue } from '../../../../../services/cache-engine/src/engine/admission/priority-queue.ts';
import { PRIORITIES, type Priority } from '../../../../../services/cache-engine/src/engine/admission/priority.ts';
import { fc } from '../../../../support/property.ts';

interface Waiting {
  readonly id: number;
  readonly priority: Priority;
}

const rank = ({ priority }: Waiting) => PRIORITIES.indexOf(priority);
const inOrder = (items: readonly Waiting[]) => items.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id);
const priorities = fc.constantFrom(...PRIORITIES);

describe('the queue of those who wait for an origin', () => {
  it('does what sorting all who wait and keeping the first would do', () => {
    const steps = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.record({ do: fc.constant('push' as const), priority: priorities }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('shift' as const) }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), which: fc.nat(20) }) },
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(fc.nat(8), steps, (capacity, all) => {
        const queue = new PriorityQueue<Waiting>(capacity);
        let model: Waiting[] = [];
        all.forEach((step, id) => {
          if (step.do === 'push') {
            const item = { id, priority: step.priority };
            model = inOrder([...model, item]);
            assert.equal(queue.push(item, item.priority), model[capacity]);
            model = model.slice(0, capacity);
          } else if (step.do === 'shift') {
            assert.equal(queue.shift(), model.shift());
          } else {
            const item = model[step.which] ?? { id: -1, priority: 'ordinary' };
            assert.equal(queue.remove(item), model.includes(item));
            model = model.filter((one) => one !== item);
          }
          assert.equal(queue.size, model.length);
        });
      }),
    );
  });

  it('never sheds anyone while someone less urgent waits, and never holds more than it may', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(priorities, { maxLength: 40 }), (capacity, arriving) => {
        const queue = new PriorityQueue<Waiting>(capacity);
        const waiting = new Set<Waiting>();
        arriving.forEach((priority, id) => {
          const item = { id, priority };
          waiting.add(item);
          const shed = queue.push(item, priority);
          if (shed !== undefined) waiting.delete(shed);
          assert.ok(shed === undefined || [...waiting].every((one) => rank(one) <= rank(shed)));
          assert.ok(queue.size <= capacity);
        });
        assert.equal(queue.size, waiting.size);
      }),
    );
  });

  it('lets those of one priority go in the order in which they came', () => {
    const queue = new PriorityQueue<string>(4);
    queue.push('first', 'ordinary');
    queue.push('second', 'ordinary');
    queue.push('the bride', 'wedding-day');
    assert.deepEqual(
      [queue.shift(), queue.shift(), queue.shift(), queue.shift()],
      ['the bride', 'first', 'second', undefined],
    );
  });
});
