import assert from 'node:assert/strict';
import { MemoryColdTier } from '../../../../../services/cache-engine/src/adapters/memory/memory-cold-tier.ts';
import type { Adapters, Engine } from '../../../../../services/cache-engine/src/compose.ts';
import type { Completion } from '../../../../../services/cache-engine/src/engine/completion.ts';
import { testEngine, testRegion, type TestRegion } from '../../support/compose.ts';
import { deferred, TestClock, TestOrigin, warmTierWith } from '../../support/doubles.ts';
import { completion } from '../../support/questions.ts';
import { wordings } from '../semantic/support.ts';
import { requestFor, settle, SMITH, sourceOf } from './support.ts';

const CAKE = 'How big should the cake be?';
const OLD = '2026-06-13';
const NEW = '2026-09-12';
const dated = requestFor(CAKE, { weddingDate: OLD });
const undated = requestFor(CAKE);
/** A baker's answer far from any wedding: 5 h ÷ 0.9, in milliseconds; within a day a quarter of that, within a week half. */
const TIME_TO_LIVE = 20_000_000;

describe('a wedding that moves', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let cold: MemoryColdTier;
  let region: TestRegion;
  let one: Engine;
  let other: Engine;
  const engine = (changes: Partial<Adapters> = {}) => testEngine(region, { semantic: wordings(), cold, ...changes });
  const reschedule = (date = NEW) => one.services.rescheduling.reschedule(SMITH, 'w1', date);

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async () => completion('Two tiers.'));
    cold = new MemoryColdTier();
    region = testRegion({ clock, origin });
    [one, other] = [engine(), engine()];
  });

  it('drops the answers for the old date on every engine, and leaves other weddings alone', async () => {
    const kept = requestFor(CAKE, { weddingId: 'w2', weddingDate: OLD });
    for (const each of [one, other]) for (const request of [dated, kept]) await sourceOf(each, request);
    assert.deepEqual(await reschedule(), { recomputed: 0, dropped: 1 });
    for (const each of [one, other]) {
      assert.equal(each.hot.get(dated.place.key), undefined);
      assert.equal(await sourceOf(each, kept), 'hot');
    }
    assert.equal(await sourceOf(other, dated), 'miss');
  });

  it('keeps what was asked for with the new date already, with its lifetime by it', async () => {
    const ready = requestFor(CAKE, { weddingDate: NEW });
    await sourceOf(one, ready);
    assert.deepEqual(await reschedule(), { recomputed: 1, dropped: 0 });
    assert.equal(await sourceOf(other, ready), 'warm');
  });

  it('gives answers that state no date the lifetime that they would have had, on every engine', async () => {
    for (const each of [one, other]) await sourceOf(each, undated);
    assert.deepEqual(await reschedule('2026-05-05'), { recomputed: 1, dropped: 0 });
    for (const each of [one, other]) {
      const { entry, source } = await each.services.answering.ask(undated);
      assert.equal(source, 'warm');
      assert.equal(entry.lifetime.freshUntil - entry.lifetime.bornAt, TIME_TO_LIVE / 2);
    }
    assert.equal(origin.calls, 1);
  });

  it('drops an answer without a date that is too old by the new one', async () => {
    await sourceOf(one, undated);
    clock.pass((TIME_TO_LIVE / 1000) * 1.2);
    assert.deepEqual(await reschedule('2026-05-02'), { recomputed: 0, dropped: 1 });
    assert.equal(await sourceOf(other, undated), 'miss');
  });

  it('is known to all engines: what is asked from then on lives by the new date', async () => {
    await sourceOf(other, undated);
    await reschedule('2026-05-05');
    for (const each of [one, other, engine()]) {
      const { entry } = await each.services.answering.ask(requestFor(`What of engine ${[one, other].indexOf(each)}?`));
      assert.equal(entry.lifetime.freshUntil - entry.lifetime.bornAt, TIME_TO_LIVE / 2);
    }
  });

  it('lets no answer be stored that was being made with the old date', async () => {
    const gate = deferred<Completion>();
    origin.reply = () => gate.promise;
    const asking = [dated, undated].map((request) => other.services.answering.ask(request));
    await settle();
    await reschedule();
    gate.resolve(completion('What held before.'));
    await Promise.all(asking);
    for (const { place } of [dated, undated]) {
      assert.equal(other.hot.get(place.key), undefined);
      assert.equal(await region.adapters.warm.get(place.key), undefined);
    }
  });

  it('takes aliases and cold records along', async () => {
    const judged = engine({ judge: { name: 'a-judge/1', judge: async () => ({ verdict: 'same' }) } });
    await sourceOf(judged, undated);
    assert.equal(await sourceOf(judged, requestFor('How big is the cake meant to be?')), 'semantic');
    const far = requestFor('What if it rains?', { weddingDate: '2027-06-12' });
    await sourceOf(judged, far);
    await settle();
    clock.pass(19_000);
    assert.equal(await judged.tiering?.sweepPartition(SMITH), 2);
    assert.deepEqual(await reschedule(), { recomputed: 0, dropped: 2 });
    for (const { place } of [undated, far]) assert.equal(await cold.get(place.key), undefined);
    for (const request of [undated, far]) assert.equal(await sourceOf(other, request), 'miss');
  });

  it('is told of a warm tier that is away, not half believed', async () => {
    const gone = () => Promise.reject(new Error('Redis is gone'));
    const cut = engine({ warm: warmTierWith(region.adapters.warm, { frames: gone }) });
    await assert.rejects(cut.services.rescheduling.reschedule(SMITH, 'w1', NEW), /Redis is gone/);
  });
});
