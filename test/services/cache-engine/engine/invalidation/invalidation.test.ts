import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { MemoryChangeFeed } from '../../../../../services/cache-engine/src/adapters/memory/memory-change-feed.ts';
import { MemoryColdTier } from '../../../../../services/cache-engine/src/adapters/memory/memory-cold-tier.ts';
import type { Adapters, Engine } from '../../../../../services/cache-engine/src/compose.ts';
import { partitionOf } from '../../../../../services/cache-engine/src/engine/answer-key.ts';
import type { Request } from '../../../../../services/cache-engine/src/engine/answering.ts';
import type { Completion } from '../../../../../services/cache-engine/src/engine/completion.ts';
import type { Selector } from '../../../../../services/cache-engine/src/engine/invalidation/selector.ts';
import { testEngine, testRegion, type TestRegion } from '../../support/compose.ts';
import { deferred, TestClock, TestOrigin, warmTierWith } from '../../support/doubles.ts';
import { completion } from '../../support/questions.ts';
import { wordings } from '../semantic/support.ts';
import { requestFor, settle, SMITH, sourceOf } from './support.ts';

const CAKE = 'How big should the cake be?';
const RAIN = 'What if it rains?';
const FAR = { weddingDate: '2027-06-12' };

describe('an invalidation', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let cold: MemoryColdTier;
  let region: TestRegion;
  let engines: readonly Engine[];
  let one: Engine;
  let other: Engine;
  const engine = (changes: Partial<Adapters> = {}) => testEngine(region, { semantic: wordings(), cold, ...changes });
  const invalidate = (selector: Selector) => one.services.invalidation.invalidate(SMITH, selector);
  /** Asks on every engine, so that each has it in memory. */
  const askEverywhere = async (...requests: readonly Request[]) => {
    for (const each of engines) for (const request of requests) await each.services.answering.ask(request);
  };

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async () => completion('Two tiers.'));
    cold = new MemoryColdTier();
    region = testRegion({ clock, origin });
    engines = [engine(), engine(), engine()];
    [one, other] = engines as [Engine, Engine, Engine];
  });

  const cake = requestFor(CAKE, { coupleId: 'c1' }, ['menu']);
  const selectors: Record<string, Selector> = {
    'a key': { by: 'key', key: cake.place.key },
    'a tag': { by: 'tag', tag: 'menu' },
    'a wedding': { by: 'wedding', weddingId: 'w1' },
    'a couple': { by: 'couple', coupleId: 'c1' },
    'a pattern of questions': { by: 'question', pattern: '*BIG*cake*' },
    'the vendor': { by: 'vendor' },
  };
  for (const [what, selector] of Object.entries(selectors)) {
    it(`by ${what} takes what it names from every tier and engine, counts it, and leaves the rest`, async () => {
      const kept = [
        requestFor(RAIN, { weddingId: 'w2', coupleId: 'c2' }, ['weather']),
        requestFor(CAKE, { vendorId: 'jones', coupleId: 'c1' }, ['menu']),
      ];
      await askEverywhere(cake, ...kept);
      const mine = selector.by === 'vendor' ? 2 : 1;
      const { removed, engines: reports, silent, complete, at } = await invalidate(selector);
      assert.deepEqual(
        { ...removed, vectors: removed.vectors > 0 },
        { hot: 3 * mine, warm: mine, cold: 0, aliases: 0, vectors: true },
      );
      assert.deepEqual([reports.length, silent, complete, at], [3, [], true, clock.now()]);
      for (const each of engines) {
        const [first, second] = kept as [Request, Request];
        assert.equal(await sourceOf(each, second), 'hot');
        if (selector.by !== 'vendor') assert.equal(await sourceOf(each, first), 'hot');
      }
      assert.equal(await sourceOf(one, cake), 'miss');
      assert.equal(await sourceOf(other, cake), 'warm');
    });

    it(`by ${what} lets nothing be stored that was being made for it, though its caller gets it`, async () => {
      const gate = deferred<Completion>();
      origin.reply = () => gate.promise;
      const asking = other.services.answering.ask(cake);
      await settle();
      await invalidate(selector);
      gate.resolve(completion('What held before.'));
      assert.equal((await asking).source, 'miss');
      origin.reply = async () => completion('What holds now.');
      for (const each of engines) assert.equal(each.hot.get(cake.place.key), undefined);
      assert.equal(await sourceOf(other, cake), 'miss');
    });

    it(`by ${what} also takes what another engine stores while the tiers are being emptied`, async () => {
      const { warm } = region.adapters;
      let store: () => Promise<unknown> = async () => {};
      const emptied = warmTierWith(warm, {
        remove: async (listings) => {
          const removed = await warm.remove(listings);
          await store();
          return removed;
        },
      });
      const slow = engine({ warm: emptied });
      await sourceOf(other, requestFor(RAIN, { coupleId: 'c1' }, ['menu']));
      store = async () => ((store = async () => {}), sourceOf(other, cake));
      await slow.services.invalidation.invalidate(SMITH, selector);
      await settle();
      assert.equal(await region.adapters.warm.get(cake.place.key), undefined);
      assert.equal(other.hot.get(cake.place.key), undefined);
    });
  }

  it('of another wording’s place takes the answer that it leads to as well', async () => {
    const wording = requestFor('How big is the cake meant to be?');
    const stored = requestFor(CAKE);
    const judged = engine({ judge: { name: 'a-judge/1', judge: async () => ({ verdict: 'same' }) } });
    await sourceOf(judged, stored);
    assert.equal(await sourceOf(judged, wording), 'semantic');
    await settle();
    const { removed } = await invalidate({ by: 'key', key: wording.place.key });
    assert.deepEqual([removed.aliases, removed.warm], [1, 1]);
    assert.equal(await sourceOf(judged, stored), 'miss');
  });

  it('names an engine that does not report, and is not complete then', async () => {
    await askEverywhere(cake);
    const silent = new MemoryChangeFeed(region.hub);
    const receipt = await invalidate({ by: 'wedding', weddingId: 'w1' });
    assert.deepEqual([receipt.silent, receipt.complete], [[silent.engine], false]);
    assert.equal(receipt.engines.length, 3);
  });

  it('promises nothing when the warm tier is away', async () => {
    const gone = () => Promise.reject(new Error('Redis is gone'));
    const cut = engine({ warm: warmTierWith(region.adapters.warm, { frames: gone }) });
    await assert.rejects(cut.services.invalidation.invalidate(SMITH, { by: 'vendor' }), /Redis is gone/);
  });

  it('is not complete when the cold tier did not confirm', async () => {
    class Away extends MemoryColdTier {
      override removePartition(): Promise<number> {
        return Promise.reject(new Error('The bucket is gone'));
      }
    }
    const cut = engine({ cold: new Away() });
    const { complete } = await cut.services.invalidation.invalidate(SMITH, { by: 'vendor' });
    assert.equal(complete, false);
  });

  it('tells of many keys in several changes, and every engine takes all of them back', async () => {
    const many = Array.from({ length: 1201 }, (_, at) =>
      requestFor(`Which table has the number ${at}?`, {}, ['tables']),
    );
    for (const request of many) await one.services.answering.ask(request);
    const told: number[] = [];
    const feed = new MemoryChangeFeed(region.hub);
    feed.onChange((change) => {
      if (change.kind === 'removed' && change.removal.scope === 'keys') told.push(change.removal.keys.length);
      if (change.kind === 'removed' && change.last) void feed.acknowledge(change.receipt, { hot: 0, vectors: 0 });
    });
    const { removed } = await invalidate({ by: 'tag', tag: 'tables' });
    assert.deepEqual(told, [500, 500, 201]);
    assert.deepEqual([removed.warm, removed.hot], [1201, 1201]);
  });

  it('cannot reach another vendor, even with the very key', async () => {
    const theirs = requestFor(CAKE, { vendorId: 'jones' });
    await askEverywhere(theirs);
    const { removed } = await invalidate({ by: 'key', key: theirs.place.key });
    assert.deepEqual([removed.hot, removed.warm], [0, 0]);
    assert.equal(await sourceOf(one, theirs), 'hot');
  });

  describe('where answers lie in the cold tier', () => {
    const far = requestFor(CAKE, FAR, ['menu']);
    beforeEach(async () => {
      await sourceOf(one, far);
      clock.pass(8000);
      assert.equal(await one.tiering?.sweepPartition(SMITH), 1);
    });

    it('reaches them there', async () => {
      const { removed } = await invalidate({ by: 'wedding', weddingId: 'w1' });
      assert.equal(removed.cold, 1);
      assert.equal(await cold.get(far.place.key), undefined);
      assert.equal(await sourceOf(one, far), 'miss');
    });

    it('reaches what has come back from there too', async () => {
      assert.equal(await sourceOf(other, far), 'cold');
      assert.equal(await sourceOf(engines[2] as Engine, far), 'warm');
      await invalidate({ by: 'tag', tag: 'menu' });
      assert.equal(await cold.get(far.place.key), undefined);
      assert.equal(await sourceOf(other, far), 'miss');
    });
  });

  it('lets nothing come back that is on its way to the cold tier', async () => {
    const far = requestFor(CAKE, FAR);
    const gate = deferred();
    class Slow extends MemoryColdTier {
      override async put(key: string, record: Buffer): Promise<void> {
        await gate.promise;
        return super.put(key, record);
      }
    }
    const slow = new Slow();
    const moving = engine({ cold: slow });
    await sourceOf(moving, far);
    clock.pass(8000);
    const sweep = moving.tiering?.sweepPartition(SMITH);
    await settle();
    const removal = moving.services.invalidation.invalidate(SMITH, { by: 'wedding', weddingId: 'w1' });
    await settle();
    gate.resolve();
    await removal;
    assert.equal(await sweep, 0);
    assert.equal(await slow.get(far.place.key), undefined);
    assert.equal(await sourceOf(moving, far), 'miss');
  });

  describe('that erases a vendor', () => {
    it('destroys its keys, so that nothing that was kept anywhere opens again', async () => {
      await askEverywhere(cake);
      const { warm } = region.adapters;
      const record = await warm.get(cake.place.key);
      const listing = await warm.listing(cake.place.key, cake.place.frame.id);
      assert.ok(record && listing);
      const receipt = await one.services.invalidation.erase(SMITH);
      assert.deepEqual(
        [receipt.keysDestroyed, receipt.removed.hot, receipt.removed.warm, receipt.complete],
        [1, 3, 1, true],
      );
      // A backup is restored: the bytes are there again.
      await warm.put(record, listing, cake.place.frame);
      for (const each of engines) assert.equal(await sourceOf(each, cake), each === one ? 'miss' : 'warm');
      assert.equal(origin.calls, 2);
    });

    it('leaves other vendors and their keys alone', async () => {
      const theirs = requestFor(CAKE, { vendorId: 'jones' });
      await askEverywhere(cake, theirs);
      await one.services.invalidation.erase(SMITH);
      assert.equal(await sourceOf(engine(), theirs), 'warm');
      assert.equal((await region.adapters.dataKeys.list(partitionOf('jones'))).length, 1);
    });
  });

  it('is acknowledged only when an engine’s own late writes are gone', async () => {
    await sourceOf(other, cake);
    const { warm } = region.adapters;
    const gate = deferred();
    let removing = 0;
    const slow = engine({
      warm: warmTierWith(warm, { remove: async (listings) => (removing++, await gate.promise, warm.remove(listings)) }),
    });
    await sourceOf(slow, requestFor(RAIN));
    let done = false;
    const receipt = invalidate({ by: 'vendor' }).then((given) => ((done = true), given));
    await settle();
    assert.deepEqual([removing, done], [1, false]);
    gate.resolve();
    assert.equal((await receipt).complete, true);
    await turn();
  });
});
