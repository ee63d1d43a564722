import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { MemoryColdTier } from '../../../../services/cache-engine/src/adapters/memory/memory-cold-tier.ts';
import type { Adapters, Engine } from '../../../../services/cache-engine/src/compose.ts';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { NO_WISHES } from '../../../../services/cache-engine/src/engine/controls.ts';
import type { QuestionContext } from '../../../../services/cache-engine/src/engine/question.ts';
import { requestOf, type PlacedRequest } from '../../../../services/cache-engine/src/engine/requesting.ts';
import { testEngine, testRegion, type TestRegion } from '../support/compose.ts';
import { TestClock, TestOrigin, warmTierWith } from '../support/doubles.ts';
import { completion, question } from '../support/questions.ts';
import { TestJudge, wordings } from './semantic/support.ts';

const STORED = 'How big should the cake be for 120 guests?';
const OTHER_WORDS = 'How large a cake should there be for the 120 guests?';
const SAME_WORDS = 'For 120 guests, how big should the cake be?';
const OTHER_NUMBER = 'How big should the cake be for 20 guests?';
const TIME_TO_LIVE = 20_000;

describe('an explanation', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let judge: TestJudge;
  let region: TestRegion;
  let one: Engine;
  const engine = (changes: Partial<Adapters> = {}) => testEngine(region, { semantic: wordings(), ...changes });
  const place = (text: string, context: Partial<QuestionContext> = {}): PlacedRequest => {
    const whole = {
      vendorId: 'smith',
      vendorType: 'baker',
      weddingId: 'w1',
      weddingDate: '2026-06-13',
      ...context,
    } as const;
    const asked = question({ context: whole, messages: [{ role: 'user', text }] });
    return requestOf(asked, partitionOf(whole.vendorId), NO_WISHES);
  };
  const ask = (text: string, context: Partial<QuestionContext> = {}) =>
    one.services.answering.ask(place(text, context).request);
  const explain = (text: string, context: Partial<QuestionContext> = {}, by = one) => {
    const { request, notShared } = place(text, context);
    return by.services.explaining.explain(request, notShared);
  };
  const settle = async () => {
    for (let i = 0; i < 30; i++) await turn();
  };

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async () => completion('Three tiers.'));
    judge = new TestJudge();
    region = testRegion({ clock, origin, judge, cold: new MemoryColdTier() });
    one = engine();
  });

  it('of a miss names the key, the frame, the canonical text and why it is not shared', async () => {
    const { request } = place(STORED);
    const found = await explain(STORED);
    assert.deepEqual([found.outcome, found.key, found.frame], ['miss', request.place.key, request.place.frame.id]);
    assert.deepEqual([found.hot.state, found.warm.state, found.shared], ['absent', 'absent', null]);
    assert.deepEqual(found.sharing, { shareable: false, reason: 'context', key: null });
    assert.equal(found.canonicalText, 'how big should the cake be for 120 guests');
    assert.deepEqual([found.otherWordings, found.candidates], [true, []]);
  });

  it('of a hit tells its lifetime and where it lies', async () => {
    const { entry } = await ask(STORED);
    const found = await explain(STORED);
    const held = { state: 'answer', lifetime: entry.lifetime, fresh: true };
    assert.deepEqual([found.outcome, found.hot, found.warm], ['hit', held, held]);
    const elsewhere = await explain(STORED, {}, engine());
    assert.deepEqual([elsewhere.outcome, elsewhere.hot, elsewhere.warm], ['hit', { state: 'absent' }, held]);
  });

  it('of an answer past its time says so, and of one that is too old that it is a miss', async () => {
    await ask(STORED);
    clock.pass(TIME_TO_LIVE + 1);
    assert.equal((await explain(STORED)).outcome, 'stale-hit');
    clock.pass(TIME_TO_LIVE);
    const found = await explain(STORED);
    assert.deepEqual([found.warm.state, found.outcome], ['answer', 'miss']);
    clock.pass(TIME_TO_LIVE);
    assert.equal((await explain(STORED)).warm.state, 'absent');
  });

  it('of what lies in the cold tier', async () => {
    await ask(STORED, { weddingDate: '2027-06-12' });
    clock.pass(8000);
    await one.tiering?.sweepPartition(partitionOf('smith'));
    const found = await explain(STORED, { weddingDate: '2027-06-12' }, engine());
    assert.deepEqual([found.warm.state, found.outcome], ['in-cold-tier', 'hit']);
  });

  it('of another wording: before it is resolved, after, and once its answer is gone', async () => {
    await ask(STORED);
    const before = await explain(SAME_WORDS);
    assert.equal(before.outcome, 'hit-by-wording');
    assert.deepEqual(
      before.candidates.map(({ text, outcome }) => [text, outcome]),
      [[STORED, 'same-wording']],
    );
    await ask(SAME_WORDS);
    await settle();
    const after = await explain(SAME_WORDS);
    assert.deepEqual([after.outcome, after.hot.state, after.warm.state], ['hit-by-alias', 'alias', 'alias']);
    assert.equal(after.warm.state === 'alias' && after.warm.provenance.by, 'wording');
    const { key } = place(STORED).request.place;
    await one.services.invalidation.invalidate(partitionOf('smith'), { by: 'question', pattern: 'how big should*' });
    assert.equal(one.hot.get(key), undefined);
    assert.equal((await explain(SAME_WORDS)).outcome, 'miss');
  });

  it('of other words: the judge decides, and after it has', async () => {
    await ask(STORED);
    assert.equal((await explain(OTHER_WORDS)).outcome, 'judge-decides');
    assert.deepEqual(judge.asked, []);
    judge.reply = async () => ({ verdict: 'different' });
    await ask(OTHER_WORDS);
    await one.services.invalidation.invalidate(partitionOf('smith'), {
      by: 'key',
      key: place(OTHER_WORDS).request.place.key,
    });
    const found = await explain(OTHER_WORDS);
    assert.deepEqual([found.outcome, found.candidates[0]?.outcome], ['miss', 'judged-different']);
  });

  it('on the eve of the wedding says that the judge decides, whatever it said before', async () => {
    const near = { weddingDate: '2026-05-02' };
    await ask(STORED, near);
    await ask(OTHER_WORDS, near);
    await settle();
    const found = await explain(OTHER_WORDS, near);
    assert.deepEqual([found.warm.state, found.outcome], ['alias', 'judge-decides']);
  });

  it('of a candidate that was rejected names the slot or the floor', async () => {
    await ask(STORED);
    const slot = await explain(OTHER_NUMBER);
    assert.deepEqual(
      [slot.outcome, slot.candidates[0]?.outcome, slot.candidates[0]?.conflict],
      ['miss', 'slot-conflict', { slot: 'number', a: '120', b: '20' }],
    );
    const far = await explain('Who cuts the cake?');
    assert.deepEqual([far.outcome, far.candidates[0]?.outcome], ['miss', 'below-floor']);
    assert.ok((far.candidates[0]?.similarity ?? 1) < far.floor);
  });

  it('of what other vendors have asked', async () => {
    const alone = { weddingId: undefined, weddingDate: undefined };
    const text = 'How long does a wedding breakfast usually take?';
    for (const vendorId of ['smith', 'jones', 'brown']) await ask(text, { ...alone, vendorId });
    const found = await explain(text, { ...alone, vendorId: 'green' });
    assert.deepEqual([found.outcome, found.shared?.state, found.sharing.shareable], ['hit-by-sharing', 'answer', true]);
    assert.equal(found.sharing.key, place(text, alone).request.shared?.key);
  });

  it('of a question whose notation may matter', async () => {
    const found = await explain('What does "till death" mean?');
    assert.deepEqual([found.otherWordings, found.canonicalText], [false, 'What does "till death" mean?']);
  });

  it('tells of a warm tier that is away, and of a record that does not open', async () => {
    const { warm } = region.adapters;
    const gone = engine({ warm: warmTierWith(warm, { get: () => Promise.reject(new Error('gone')) }) });
    assert.equal((await explain(STORED, {}, gone)).warm.state, 'away');
    const torn = engine({ warm: warmTierWith(warm, { get: async () => Buffer.from('garbage') }) });
    assert.equal((await explain(STORED, {}, torn)).warm.state, 'unreadable');
  });

  it('asks neither an origin nor a judge, and stores nothing', async () => {
    await ask(STORED);
    const { key, frame } = place(OTHER_WORDS).request.place;
    for (const text of [STORED, SAME_WORDS, OTHER_WORDS, OTHER_NUMBER]) await explain(text);
    await settle();
    assert.deepEqual([origin.calls, judge.asked.length], [1, 0]);
    assert.equal(await region.adapters.warm.listing(key, frame.id), undefined);
  });
});
