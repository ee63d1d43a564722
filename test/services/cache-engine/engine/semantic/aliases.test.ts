import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Adapters, Engine } from '../../../../../services/cache-engine/src/compose.ts';
import { partitionOf } from '../../../../../services/cache-engine/src/engine/answer-key.ts';
import type { Answered } from '../../../../../services/cache-engine/src/engine/answering.ts';
import { textOf } from '../../../../../services/cache-engine/src/engine/completion.ts';
import { NO_WISHES, type Controls } from '../../../../../services/cache-engine/src/engine/controls.ts';
import { NotCached } from '../../../../../services/cache-engine/src/engine/not-cached.ts';
import { tagDigest } from '../../../../../services/cache-engine/src/engine/place.ts';
import type { QuestionContext } from '../../../../../services/cache-engine/src/engine/question.ts';
import { requestOf } from '../../../../../services/cache-engine/src/engine/requesting.ts';
import { OriginError } from '../../../../../services/cache-engine/src/ports/origin.ts';
import { testEngine, testRegion, type TestRegion } from '../../support/compose.ts';
import { deferred, TestClock, TestOrigin, warmTierWith } from '../../support/doubles.ts';
import { completion, question } from '../../support/questions.ts';
import { type BagOfWords, TestJudge, wordings } from './support.ts';

const STORED = 'How big should the cake be for 120 guests?';
const OTHER_WORDS = 'How large a cake should there be for the 120 guests?';
const SAME_WORDS = 'For 120 guests, how big should the cake be?';
const CONTEXT = { vendorId: 'smith', vendorType: 'baker', weddingId: 'w1', weddingDate: '2026-06-13' } as const;
/** A baker's answer six weeks ahead: 5 h ÷ 0.9. */
const TIME_TO_LIVE = 20_000;

interface Wish {
  readonly context?: Partial<QuestionContext>;
  readonly model?: string;
  readonly controls?: Partial<Controls>;
}

const requestFor = (text: string, { context = {}, model = 'a-model', controls = {} }: Wish = {}) => {
  const whole = { ...CONTEXT, ...context };
  const asked = question({ context: whole, model, messages: [{ role: 'user', text }] });
  return requestOf(asked, partitionOf(whole.vendorId), { ...NO_WISHES, ...controls }).request;
};

describe('an answer to another wording', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let judge: TestJudge;
  let region: TestRegion;
  const engine = (changes: Partial<Adapters> = {}) => testEngine(region, { semantic: wordings(), ...changes });
  const ask = ({ services }: Engine, text: string, wish: Wish = {}) => services.answering.ask(requestFor(text, wish));
  const settle = async () => {
    for (let i = 0; i < 30; i++) await turn();
  };
  const how = ({ source, match, entry }: Answered) => [source, match, textOf(entry.completion)];
  /** What is listed under a text's own place. */
  const listed = async (text: string) => {
    const { place } = requestFor(text);
    return (await region.adapters.warm.listing(place.key, place.frame.id))?.kind;
  };

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async ({ messages }) => completion(`On: ${String(messages.at(-1)?.text)}`));
    judge = new TestJudge();
    region = testRegion({ clock, origin, judge });
  });

  for (const [what, text, by] of [
    ['the same words in another order', SAME_WORDS, 'wording'],
    ['other words that a judge confirms', OTHER_WORDS, 'a-judge/1'],
  ] as const) {
    it(`is found once for ${what}, and by its own key from then on`, async () => {
      const one = engine();
      await ask(one, STORED);
      assert.deepEqual(how(await ask(one, text)), ['semantic', 'alias', `On: ${STORED}`]);
      await settle();
      assert.deepEqual(how(await ask(one, text)), ['hot', 'alias', `On: ${STORED}`]);
      assert.deepEqual(how(await ask(engine(), text)), ['warm', 'alias', `On: ${STORED}`]);
      assert.equal(origin.calls, 1);
      assert.equal(judge.asked.length, by === 'wording' ? 0 : 1);
      const { items } = await one.services.catalogue.page(partitionOf('smith'), { limit: 9 });
      const alias = items.find(({ kind }) => kind === 'alias')?.alias;
      assert.deepEqual([alias?.target, alias?.provenance.by], [requestFor(STORED).place.key, by]);
    });
  }

  it('is found on an engine that never saw the stored question', async () => {
    await ask(engine(), STORED);
    assert.deepEqual(how(await ask(engine(), SAME_WORDS)), ['semantic', 'alias', `On: ${STORED}`]);
  });

  it('is found on an engine that asked in the frame before the question was stored elsewhere', async () => {
    const one = engine();
    await ask(one, 'When is sunset?');
    await ask(engine(), STORED);
    await settle();
    assert.deepEqual(how(await ask(one, SAME_WORDS)), ['semantic', 'alias', `On: ${STORED}`]);
  });

  it('ends with the answer it leads to', async () => {
    const one = engine();
    await ask(one, STORED);
    clock.pass(TIME_TO_LIVE / 2);
    await ask(one, SAME_WORDS);
    await settle();
    const { place } = requestFor(SAME_WORDS);
    const [alias, target] = await Promise.all(
      [place, requestFor(STORED).place].map(({ key, frame }) => region.adapters.warm.listing(key, frame.id)),
    );
    assert.equal(alias?.expiresAt, target?.expiresAt);
    clock.pass(TIME_TO_LIVE * 3);
    assert.deepEqual(how(await ask(one, SAME_WORDS)), ['miss', 'exact', `On: ${SAME_WORDS}`]);
  });

  it('goes with the answer it leads to when that is removed', async () => {
    const [one, other] = [engine(), engine()];
    await ask(one, STORED);
    await ask(one, SAME_WORDS);
    await settle();
    await ask(other, SAME_WORDS);
    await one.services.invalidation.invalidate(partitionOf('smith'), { by: 'key', key: requestFor(STORED).place.key });
    assert.equal((await ask(other, SAME_WORDS)).source, 'miss');
  });

  it('is not given to who wants no other question’s answer, nor stored for who wants nothing stored', async () => {
    const one = engine();
    await ask(one, STORED);
    assert.equal((await ask(one, SAME_WORDS, { controls: { noStore: true } })).source, 'semantic');
    await settle();
    assert.equal(await listed(SAME_WORDS), undefined);
    await ask(one, SAME_WORDS);
    await settle();
    assert.deepEqual(how(await ask(one, SAME_WORDS, { controls: { noSemantic: true } })), [
      'miss',
      'exact',
      `On: ${SAME_WORDS}`,
    ]);
  });

  it('is a cached answer for who wants no other', async () => {
    const one = engine();
    await assert.rejects(ask(one, SAME_WORDS, { controls: { onlyIfCached: true } }), NotCached);
    await ask(one, STORED);
    assert.equal((await ask(one, SAME_WORDS, { controls: { onlyIfCached: true } })).source, 'semantic');
    assert.equal(origin.calls, 1);
  });

  it('is not given when it is older, or less fresh, than the caller wants', async () => {
    const one = engine();
    await ask(one, STORED);
    clock.pass(100);
    assert.equal((await ask(one, SAME_WORDS, { controls: { maxAge: 99 } })).source, 'miss');
    assert.equal((await ask(one, OTHER_WORDS, { controls: { minFresh: TIME_TO_LIVE } })).source, 'miss');
  });

  const elsewhere: Record<string, Wish> = {
    'another vendor': { context: { vendorId: 'jones' } },
    'another wedding': { context: { weddingId: 'w2' } },
    'another couple': { context: { coupleId: 'c2' } },
    'another date': { context: { weddingDate: '2026-06-20' } },
    'another place': { context: { location: 'Leeds' } },
    'another model': { model: 'another-model' },
  };
  for (const [what, wish] of Object.entries(elsewhere)) {
    it(`never crosses to ${what}`, async () => {
      const one = engine();
      await ask(one, STORED);
      await ask(one, SAME_WORDS);
      await settle();
      for (const text of [SAME_WORDS, OTHER_WORDS]) {
        const { source, entry } = await ask(one, text, { ...wish, controls: { noStore: true } });
        assert.deepEqual([source, textOf(entry.completion)], ['miss', `On: ${text}`]);
      }
    });
  }

  it('is not given for another number of guests, whatever a judge would say', async () => {
    const one = engine();
    await ask(one, STORED);
    assert.equal((await ask(one, 'How big should the cake be for 20 guests?')).source, 'miss');
    assert.deepEqual(judge.asked, []);
  });

  it('on the eve of the wedding is asked of the judge each time, unless the words are the same', async () => {
    const near = { context: { weddingDate: '2026-05-02' } };
    const one = engine();
    await ask(one, STORED, near);
    assert.equal((await ask(one, OTHER_WORDS, near)).source, 'semantic');
    await settle();
    assert.equal((await ask(one, OTHER_WORDS, near)).source, 'semantic');
    assert.equal(judge.asked.length, 2);
    judge.reply = async () => ({ verdict: 'different' });
    assert.equal((await ask(one, OTHER_WORDS, near)).source, 'miss');
    await ask(one, SAME_WORDS, near);
    await settle();
    assert.deepEqual((await ask(one, SAME_WORDS, near)).match, 'alias');
    assert.equal((await ask(one, SAME_WORDS, near)).source, 'hot');
  });

  it('comes from the late word of a judge for the next who asks, where the origin had no answer', async () => {
    await region.adapters.settings.save({ judging: 'in-background' });
    const one = engine();
    await one.services.settings.refresh();
    await ask(one, STORED);
    const gate = deferred<{ verdict: 'same' }>();
    judge.reply = () => gate.promise;
    origin.reply = () => Promise.reject(new OriginError('unavailable', 'down'));
    await assert.rejects(ask(one, OTHER_WORDS), /down/);
    gate.resolve({ verdict: 'same' });
    await settle();
    assert.deepEqual(how(await ask(one, OTHER_WORDS)), ['hot', 'alias', `On: ${STORED}`]);
  });

  it('does not take the place of the question’s own answer, however late the judge confirms it', async () => {
    await region.adapters.settings.save({ judging: 'in-background' });
    const one = engine();
    await one.services.settings.refresh();
    await ask(one, STORED);
    const gate = deferred<{ verdict: 'same' }>();
    judge.reply = () => gate.promise;
    assert.equal((await ask(one, OTHER_WORDS)).source, 'miss');
    gate.resolve({ verdict: 'same' });
    await settle();
    assert.deepEqual(how(await ask(one, OTHER_WORDS)), ['hot', 'exact', `On: ${OTHER_WORDS}`]);
    assert.equal(await listed(OTHER_WORDS), 'answer');
  });

  it('is never a refusal that another question got', async () => {
    const one = engine();
    origin.reply = async () => completion('', { refusal: 'I cannot help with that.' });
    await ask(one, STORED);
    origin.reply = async () => completion('Two tiers.');
    assert.equal((await ask(one, SAME_WORDS)).source, 'miss');
  });

  describe('that is past its time to live', () => {
    const STALE = TIME_TO_LIVE + 1;
    const GONE = TIME_TO_LIVE * 1.6;
    let asked: string[];

    beforeEach(() => {
      asked = [];
      origin.reply = async ({ messages }) => {
        const text = String(messages.at(-1)?.text);
        asked.push(text);
        return completion(`On: ${text} (${asked.length})`);
      };
    });

    it('is given at once, marked, while the question that it is of is asked anew', async () => {
      const one = engine();
      await ask(one, STORED);
      clock.pass(STALE);
      const given = await ask(one, SAME_WORDS);
      assert.deepEqual([...how(given), given.stale], ['semantic', 'alias', `On: ${STORED} (1)`, 'revalidating']);
      await settle();
      assert.deepEqual(asked, [STORED, STORED]);
      const again = await ask(one, SAME_WORDS);
      assert.deepEqual([...how(again), again.stale], ['hot', 'alias', `On: ${STORED} (2)`, undefined]);
      assert.deepEqual(how(await ask(one, STORED)), ['hot', 'exact', `On: ${STORED} (2)`]);
      assert.equal(await listed(SAME_WORDS), 'alias');
    });

    it('is asked anew once for all who come by an alias, and keeps their wordings together', async () => {
      const one = engine();
      await ask(one, STORED);
      for (const text of [SAME_WORDS, OTHER_WORDS]) await ask(one, text);
      await settle();
      clock.pass(STALE);
      const given = await Promise.all([SAME_WORDS, OTHER_WORDS, SAME_WORDS].map((text) => ask(one, text)));
      assert.deepEqual(new Set(given.map(({ stale }) => stale)), new Set(['revalidating']));
      await settle();
      assert.deepEqual(asked, [STORED, STORED]);
      for (const text of [SAME_WORDS, OTHER_WORDS])
        assert.deepEqual(how(await ask(one, text)), ['hot', 'alias', `On: ${STORED} (2)`]);
    });

    it('keeps what it rests on, and adds what its new asker says it rests on', async () => {
      const one = engine();
      const tagged = (text: string, tag: string) => {
        const whole = question({ context: CONTEXT, messages: [{ role: 'user', text }] });
        return one.services.answering.ask(requestOf(whole, partitionOf('smith'), NO_WISHES, [tag]).request);
      };
      await tagged(STORED, 'prices');
      await tagged(SAME_WORDS, 'menus');
      await settle();
      clock.pass(STALE);
      await tagged(SAME_WORDS, 'menus');
      await settle();
      assert.equal(asked.length, 2);
      const { place } = requestFor(STORED);
      const { tags = [] } = (await region.adapters.warm.listing(place.key, place.frame.id)) ?? {};
      assert.deepEqual([...tags].sort(), [tagDigest('prices'), tagDigest('menus')].sort());
    });

    it('is found by a meaning as before once it was made anew, also by an engine that only reads it', async () => {
      const one = engine();
      await ask(one, STORED);
      clock.pass(STALE);
      await ask(one, STORED);
      await settle();
      assert.deepEqual(how(await ask(engine(), OTHER_WORDS)), ['semantic', 'alias', `On: ${STORED} (2)`]);
    });

    it('is made anew by the asked words, under their own key, where its own are no longer known', async () => {
      const one = engine();
      await ask(one, STORED);
      await ask(one, SAME_WORDS);
      await settle();
      clock.pass(STALE);
      const { place } = requestFor(STORED);
      await region.adapters.warm.remove([{ key: place.key, frame: place.frame.id }]);
      assert.equal((await ask(one, SAME_WORDS)).stale, 'revalidating');
      await settle();
      assert.deepEqual(asked, [STORED, SAME_WORDS]);
      assert.deepEqual(how(await ask(one, SAME_WORDS)), ['hot', 'exact', `On: ${SAME_WORDS} (2)`]);
    });

    it('is not made anew for who wants nothing stored, nor given to who wants it fresh', async () => {
      const one = engine();
      await ask(one, STORED);
      clock.pass(STALE);
      const given = await ask(one, SAME_WORDS, { controls: { noStore: true } });
      assert.deepEqual([given.source, given.stale], ['semantic', 'revalidating']);
      await settle();
      assert.deepEqual(asked, [STORED]);
      assert.equal((await ask(one, SAME_WORDS, { controls: { minFresh: 1 } })).source, 'miss');
    });

    it('is given no more after that, and stands in the way of none that is', async () => {
      const one = engine();
      await ask(one, STORED);
      clock.pass(GONE);
      assert.deepEqual(how(await ask(one, SAME_WORDS)), ['miss', 'exact', `On: ${SAME_WORDS} (2)`]);
      assert.deepEqual(how(await ask(one, OTHER_WORDS)), ['semantic', 'alias', `On: ${SAME_WORDS} (2)`]);
    });
  });

  it('is looked for behind a stored question whose answer was lost', async () => {
    const one = engine();
    await ask(one, STORED);
    await ask(one, SAME_WORDS, { controls: { noSemantic: true } });
    const { warm } = region.adapters;
    for (const [lost, kept] of [
      [STORED, SAME_WORDS],
      [SAME_WORDS, STORED],
    ] as const) {
      const { key } = requestFor(lost).place;
      const losing = warmTierWith(warm, { get: async (at) => (at === key ? undefined : warm.get(at)) });
      const given = await ask(engine({ warm: losing }), OTHER_WORDS, { controls: { noStore: true } });
      assert.deepEqual(how(given), ['semantic', 'alias', `On: ${kept}`]);
    }
  });

  describe('where vendors share one', () => {
    const alone = { weddingId: undefined, weddingDate: undefined };
    const [stored, other] = ['Which flowers are in season in June?', 'In June, which flowers are in season?'];

    it('goes on serving all of them: who finds it stale by other words has it made anew', async () => {
      const one = engine();
      for (const vendorId of ['jones', 'brown', 'green']) await ask(one, stored, { context: { ...alone, vendorId } });
      assert.equal((await ask(one, other, { context: alone })).source, 'semantic');
      await settle();
      clock.pass(TIME_TO_LIVE);
      assert.equal((await ask(one, other, { context: alone })).stale, 'revalidating');
      await settle();
      const white = await ask(one, stored, { context: { ...alone, vendorId: 'white' } });
      assert.deepEqual([white.source, white.match, white.stale], ['hot', 'shared', undefined]);
    });

    it('is taken rather than an own one that has had its time', async () => {
      const one = engine();
      await ask(one, stored, { context: alone });
      clock.pass(TIME_TO_LIVE * 2);
      for (const vendorId of ['jones', 'brown']) await ask(one, stored, { context: { ...alone, vendorId } });
      for (const engineAsked of [one, engine()])
        assert.equal((await ask(engineAsked, stored, { context: alone })).match, 'shared');
      assert.equal(origin.calls, 3);
    });
  });

  it('is not looked for while the administration has it off', async () => {
    const one = engine();
    await ask(one, STORED);
    await one.services.settings.change({ semantic: false });
    assert.equal((await ask(one, SAME_WORDS)).source, 'miss');
  });

  it('is not looked for where the notation may be the matter', async () => {
    const one = engine();
    await ask(one, `${STORED} Use "metric" units.`);
    assert.equal((await ask(one, `${SAME_WORDS} Use "metric" units.`)).source, 'miss');
    assert.deepEqual(judge.asked, []);
  });

  it('does without while the embedder is away, but for the same words', async () => {
    const semantic = wordings();
    const one = engine({ semantic });
    await ask(one, STORED);
    (semantic.embedder as BagOfWords).away = true;
    assert.equal((await ask(one, OTHER_WORDS)).source, 'miss');
    assert.equal((await ask(one, SAME_WORDS)).source, 'semantic');
  });

  describe('that a sample finds wrong', () => {
    const everyHit = async (one: Engine) => {
      await one.services.settings.change({ sampleRate: 1 });
      judge.reply = async () => ({ verdict: 'different' });
    };

    it('is taken back everywhere, counted, and does not come back', async () => {
      const [one, other] = [engine(), engine()];
      await ask(one, STORED);
      await ask(one, OTHER_WORDS);
      await settle();
      await ask(other, OTHER_WORDS);
      await everyHit(one);
      assert.equal((await ask(one, OTHER_WORDS)).source, 'hot');
      await settle();
      assert.equal(await listed(OTHER_WORDS), undefined);
      await assert.rejects(ask(one, OTHER_WORDS, { controls: { onlyIfCached: true } }), NotCached);
      assert.deepEqual(how(await ask(other, OTHER_WORDS)), ['miss', 'exact', `On: ${OTHER_WORDS}`]);
    });

    it('is not found anew by the very check of wording that found it', async () => {
      const one = engine();
      await ask(one, STORED);
      await ask(one, SAME_WORDS);
      await settle();
      await everyHit(one);
      await ask(one, SAME_WORDS);
      await settle();
      assert.deepEqual(how(await ask(one, SAME_WORDS)), ['miss', 'exact', `On: ${SAME_WORDS}`]);
    });

    it('is found out also where it leads to what vendors share', async () => {
      const alone = { weddingId: undefined, weddingDate: undefined };
      const [stored, other] = ['Which flowers are in season in June?', 'In June, which flowers are in season?'];
      const one = engine();
      for (const vendorId of ['jones', 'brown', 'green']) await ask(one, stored, { context: { ...alone, vendorId } });
      assert.equal((await ask(one, other, { context: alone })).source, 'semantic');
      await settle();
      await everyHit(one);
      assert.equal((await ask(one, other, { context: alone })).match, 'alias');
      await settle();
      assert.deepEqual(judge.asked, [{ stored, asked: other }]);
      assert.equal((await ask(one, other, { context: alone })).source, 'miss');
    });

    it('is found out also on an engine that has only read it', async () => {
      await ask(engine(), STORED);
      await ask(engine(), OTHER_WORDS);
      await settle();
      const other = engine();
      await everyHit(other);
      assert.equal((await ask(other, OTHER_WORDS)).source, 'warm');
      await settle();
      assert.equal(await listed(OTHER_WORDS), undefined);
    });
  });

  for (const [what, text] of [
    ['equal wording', SAME_WORDS],
    ['a judge', OTHER_WORDS],
  ] as const) {
    it(`that was confirmed by ${what} is not found anew by any engine once a person has taken it back`, async () => {
      const [one, other] = [engine(), engine()];
      await ask(one, STORED);
      await ask(other, STORED);
      // Each engine finds the alias for itself, with the verdict that it then remembers.
      for (const each of [one, other]) {
        assert.equal((await ask(each, text)).match, 'alias');
        await settle();
      }
      const { place } = requestFor(text);
      assert.equal(await one.services.invalidation.revoke(place.key, place.frame.id), true);
      await settle();
      const wish = { controls: { onlyIfCached: true } };
      await assert.rejects(ask(one, text, wish), NotCached);
      await assert.rejects(ask(other, text, wish), NotCached);
      assert.deepEqual(how(await ask(other, text)), ['miss', 'exact', `On: ${text}`]);
    });
  }

  it('is not given on a verdict that comes after it was taken back', async () => {
    const one = engine();
    await ask(one, STORED);
    const said = deferred<{ verdict: 'same' }>();
    judge.reply = () => said.promise;
    const waiting = assert.rejects(ask(one, OTHER_WORDS, { controls: { onlyIfCached: true } }), NotCached);
    await settle();
    const [alias, target] = [requestFor(OTHER_WORDS).place.key, requestFor(STORED).place.key];
    await one.services.feed.publish({ kind: 'refuted', alias, target });
    said.resolve({ verdict: 'same' });
    await waiting;
  });
});
