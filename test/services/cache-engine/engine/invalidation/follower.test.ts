import assert from 'node:assert/strict';
import type { Adapters } from '../../../../../services/cache-engine/src/compose.ts';
import { partitionOf } from '../../../../../services/cache-engine/src/engine/answer-key.ts';
import { textOf, type Completion } from '../../../../../services/cache-engine/src/engine/completion.ts';
import { NO_WISHES } from '../../../../../services/cache-engine/src/engine/controls.ts';
import { weddingDigest } from '../../../../../services/cache-engine/src/engine/place.ts';
import { testEngine, testRegion, type TestRegion } from '../../support/compose.ts';
import { deferred, TestClock, TestOrigin } from '../../support/doubles.ts';
import { completion } from '../../support/questions.ts';
import { wordings } from '../semantic/support.ts';
import { GappyFeed, requestFor, settle, SMITH, sourceOf } from './support.ts';

const cake = requestFor('How big should the cake be?');
const again = { ...cake, controls: { ...NO_WISHES, noCache: true } };

describe('an engine that follows the others', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let region: TestRegion;
  const engine = (changes: Partial<Adapters> = {}) => testEngine(region, { semantic: wordings(), ...changes });

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async () => completion('Two tiers.'));
    region = testRegion({ clock, origin });
  });

  it('drops its copy of an answer that another one has replaced, and keeps its own', async () => {
    const [one, other] = [engine(), engine()];
    await sourceOf(one, cake);
    await sourceOf(other, cake);
    origin.reply = async () => completion('Three tiers.');
    await one.services.answering.ask(again);
    await settle();
    const { source, entry } = await other.services.answering.ask(cake);
    assert.deepEqual([source, textOf(entry.completion)], ['warm', 'Three tiers.']);
    assert.equal(await sourceOf(one, cake), 'hot');
  });

  it('hears of changed settings', async () => {
    const [one, other] = [engine(), engine()];
    await one.services.settings.change({ sampleRate: 0.5 });
    assert.notEqual(other.services.settings.current.sampleRate, 0.5);
    await one.services.feed.publish({ kind: 'configured' });
    await settle();
    assert.equal(other.services.settings.current.sampleRate, 0.5);
  });

  describe('after a gap', () => {
    let feed: GappyFeed;
    beforeEach(() => {
      feed = new GappyFeed(region.hub);
    });

    it('forgets what it remembers, and reads it again', async () => {
      const semantic = wordings();
      const cut = engine({ feed, semantic });
      await sourceOf(cut, cake);
      await sourceOf(cut, requestFor('What if it rains?'));
      assert.deepEqual([cut.hot.size, semantic.index.size], [2, 2]);
      feed.gap();
      assert.deepEqual([cut.hot.size, semantic.index.size], [0, 0]);
      assert.equal(await sourceOf(cut, cake), 'warm');
    });

    it('serves nothing that was removed meanwhile', async () => {
      const [one, cut] = [engine(), engine({ feed })];
      await sourceOf(cut, cake);
      feed.deaf = true;
      await one.services.invalidation.invalidate(SMITH, { by: 'vendor' });
      feed.gap();
      assert.equal(await sourceOf(cut, cake), 'miss');
    });

    it('stores nothing that was being made when a removal may have been missed', async () => {
      const [one, cut] = [engine(), engine({ feed })];
      const gate = deferred<Completion>();
      origin.reply = () => gate.promise;
      const asking = cut.services.answering.ask(cake);
      await settle();
      feed.deaf = true;
      await one.services.invalidation.invalidate(SMITH, { by: 'wedding', weddingId: 'w1' });
      feed.gap();
      gate.resolve(completion('What held before.'));
      await asking;
      assert.equal(await region.adapters.warm.get(cake.place.key), undefined);
      assert.equal(cut.hot.get(cake.place.key), undefined);
    });

    it('seals and opens nothing with keys that were destroyed meanwhile', async () => {
      const [one, cut] = [engine(), engine({ feed })];
      await sourceOf(cut, cake);
      const { warm, dataKeys } = region.adapters;
      const record = await warm.get(cake.place.key);
      const listing = await warm.listing(cake.place.key, cake.place.frame.id);
      assert.ok(record && listing);
      feed.deaf = true;
      await one.services.invalidation.erase(SMITH);
      await warm.put(record, listing, cake.place.frame);
      feed.gap();
      assert.equal(await sourceOf(cut, cake), 'miss');
      assert.equal((await dataKeys.list(SMITH)).length, 1);
      assert.equal(await sourceOf(engine(), cake), 'warm');
    });

    it('asks for a wedding’s date again, and for the settings', async () => {
      const cut = engine({ feed });
      const { weddings, settings } = region.adapters;
      const undated = requestFor('What if it rains?', { vendorType: 'photographer' });
      const lifetimeOf = async () => {
        const { entry } = await cut.services.answering.ask({ ...undated, controls: again.controls });
        return entry.lifetime.freshUntil - clock.now();
      };
      const far = await lifetimeOf();
      await weddings.move(partitionOf('smith'), weddingDigest('w1'), '2026-05-03');
      await settings.save({ semantic: false });
      assert.equal(await lifetimeOf(), far);
      feed.gap();
      await settle();
      assert.ok((await lifetimeOf()) < far);
      assert.equal(cut.services.settings.current.semantic, false);
    });
  });
});
