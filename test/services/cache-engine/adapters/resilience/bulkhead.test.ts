import assert from 'node:assert/strict';
import { Bulkhead, Shed, type Release } from '../../../../../services/cache-engine/src/adapters/resilience/bulkhead.ts';
import { PRIORITIES, type Priority } from '../../../../../services/cache-engine/src/engine/admission/priority.ts';
import { fc } from '../../../../support/property.ts';

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a bulkhead', () => {
  it('lets no more through at once than it may, and nobody is forgotten', async () => {
    const arrivals = fc.array(fc.record({ priority: fc.constantFrom(...PRIORITIES), leaves: fc.boolean() }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.nat(6), arrivals, async (concurrency, queue, all) => {
        const bulkhead = new Bulkhead({ concurrency, queue });
        const inside: Release[] = [];
        let [entered, shed, left] = [0, 0, 0];
        for (const { priority, leaves } of all) {
          const leaving = new AbortController();
          bulkhead.enter(priority, leaving.signal).then(
            (release) => (entered++, void inside.push(release)),
            (error: unknown) => (error instanceof Shed ? shed++ : left++),
          );
          await settled();
          assert.equal(bulkhead.running, inside.length);
          assert.ok(bulkhead.running <= concurrency && bulkhead.queued <= queue);
          if (leaves) leaving.abort(new Error('gone'));
          else if (inside.length === concurrency) inside.shift()?.();
          await settled();
        }
        while (inside.length > 0) {
          inside.shift()?.();
          await settled();
        }
        assert.deepEqual([bulkhead.running, bulkhead.queued], [0, 0]);
        assert.equal(entered + shed + left, all.length);
      }),
    );
  });

  it('lets wedding-day traffic go first and sheds background work first', async () => {
    const bulkhead = new Bulkhead({ concurrency: 1, queue: 2 });
    const first = await bulkhead.enter('ordinary', never);
    const order: string[] = [];
    const enter = (priority: Priority) =>
      bulkhead.enter(priority, never).then(
        (release) => (order.push(priority), release()),
        () => order.push(`${priority} shed`),
      );
    const all = [enter('background'), enter('ordinary'), enter('wedding-day'), enter('background')];
    await settled();
    first();
    await Promise.all(all);
    assert.deepEqual(order, ['background shed', 'background shed', 'wedding-day', 'ordinary']);
  });

  it('takes a place back once, however often it is given back', async () => {
    const bulkhead = new Bulkhead({ concurrency: 2, queue: 0 });
    const [release] = [await bulkhead.enter('ordinary', never), await bulkhead.enter('ordinary', never)];
    release();
    release();
    assert.equal(bulkhead.running, 1);
  });

  it('gives no place to a caller who has left', async () => {
    const bulkhead = new Bulkhead({ concurrency: 1, queue: 1 });
    await assert.rejects(bulkhead.enter('ordinary', AbortSignal.abort(new Error('gone'))), { message: 'gone' });
    assert.equal(bulkhead.running, 0);
  });
});
