import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Adapters, Engine } from '../../../../services/cache-engine/src/compose.ts';
import { METRICS } from '../../../../services/cache-engine/src/contract.ts';
import { NO_WISHES, type Controls } from '../../../../services/cache-engine/src/engine/controls.ts';
import { NotCached } from '../../../../services/cache-engine/src/engine/not-cached.ts';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { requestOf } from '../../../../services/cache-engine/src/engine/requesting.ts';
import type { Listener } from '../../../../services/cache-engine/src/engine/answering.ts';
import { OriginError } from '../../../../services/cache-engine/src/ports/origin.ts';
import { testEngine, testRegion, type TestRegion } from '../support/compose.ts';
import { deferred, TestClock, TestOrigin, warmTierWith } from '../support/doubles.ts';
import { completion, question } from '../support/questions.ts';

const asked = question();
const request = (controls: Partial<Controls> = {}, changes: Parameters<typeof question>[0] = {}) =>
  requestOf(question(changes), partitionOf('smith'), { ...NO_WISHES, ...controls }).request;
const { key } = request().place;
/** A photographer's answer five weeks ahead: 2 h ÷ 1.4. */
const TIME_TO_LIVE = 5142;

describe('answering', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let region: TestRegion;
  const engine = (changes: Partial<Adapters> = {}) => testEngine(region, changes);
  const ask = ({ services }: Engine, controls: Partial<Controls> = {}, listener?: Listener) =>
    services.answering.ask(request(controls), listener);
  const recall = ({ services }: Engine) => {
    const { place, shared, controls } = request();
    return services.answering.recall(place, shared, controls)?.entry;
  };
  const counted = async ({ services }: Engine, name: string, labels = ''): Promise<number> => {
    const text = await services.metrics.registry.getSingleMetricAsString(name);
    const line = text.split('\n').find((one) => one.startsWith(`${name}{${labels}`));
    return Number(line?.split(' ').at(-1) ?? 0);
  };

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async () => completion('At 21:20.'));
    region = testRegion({ clock, origin });
  });

  it('asks the origin once, then answers from the hot tier', async () => {
    const one = engine();
    const { entry, source } = await ask(one);
    assert.equal(source, 'miss');
    assert.equal(entry.secondsLeft(clock.now()), TIME_TO_LIVE);
    assert.equal(recall(one), entry);
    assert.equal(origin.calls, 1);
    assert.equal(await counted(one, METRICS.originCalls, 'outcome="ok"'), 1);
  });

  it('answers from the warm tier what another process has asked', async () => {
    const first = await ask(engine());
    const second = await ask(engine());
    assert.equal(second.source, 'warm');
    assert.deepEqual(second.entry.body, first.entry.body);
    assert.deepEqual(second.entry.making, first.entry.making);
    assert.equal(origin.calls, 1);
  });

  it('keeps the age of a warm answer, and serves it fresh no longer than its first holder may', async () => {
    await ask(engine());
    clock.pass(TIME_TO_LIVE - 10);
    const one = engine();
    const { entry } = await ask(one);
    assert.deepEqual([entry.ageSeconds(clock.now()), entry.secondsLeft(clock.now())], [TIME_TO_LIVE - 10, 10]);
    clock.pass(10);
    assert.equal(recall(one), undefined);
  });

  it('does not trust a warm tier that keeps an answer too long', async () => {
    const { warm } = region.adapters;
    const records = new Map<string, Buffer>();
    const hoarding = warmTierWith(warm, {
      get: async (at) => records.get(at),
      put: async (record, listing) => void records.set(listing.key, record),
    });
    await ask(engine({ warm: hoarding }));
    clock.pass(TIME_TO_LIVE * 4);
    assert.equal((await ask(engine({ warm: hoarding }))).source, 'miss');
  });

  it('goes to the origin once for 500 who ask the same at once', async () => {
    const one = engine();
    const gate = deferred<ReturnType<typeof completion>>();
    origin.reply = () => gate.promise;
    const all = Array.from({ length: 500 }, () => ask(one));
    gate.resolve(completion('At 21:20.'));
    assert.equal(new Set((await Promise.all(all)).map(({ entry }) => entry)).size, 1);
    assert.equal(origin.calls, 1);
    assert.equal(await counted(one, METRICS.merged), 499);
  });

  it('never caches an error', async () => {
    const one = engine();
    origin.reply = async () => Promise.reject(new OriginError('timeout', 'too slow'));
    await assert.rejects(ask(one), /too slow/);
    origin.reply = async () => completion('At 21:20.');
    assert.equal((await ask(one)).source, 'miss');
    assert.equal(await counted(one, METRICS.originCalls, 'outcome="timeout"'), 1);
    assert.equal(await counted(one, METRICS.originCalls, 'outcome="ok"'), 1);
  });

  const notAnswers = {
    'an empty text': completion(''),
    'a call of a tool': completion('x', { tool_calls: [{ id: '1' }] }),
  };
  for (const [what, given] of Object.entries(notAnswers)) {
    it(`passes ${what} on without keeping it`, async () => {
      const one = engine();
      origin.reply = async () => given;
      const { entry } = await ask(one);
      assert.deepEqual(entry.completion, given);
      assert.equal(entry.secondsLeft(clock.now()), 0);
      assert.equal(recall(one), undefined);
      assert.equal(await region.adapters.warm.get(key), undefined);
    });
  }

  const definiteNos = {
    'a refusal': completion('', { refusal: 'I cannot help with that.' }),
    'a filtered text': completion('At', {}, 'content_filter'),
  };
  for (const [what, given] of Object.entries(definiteNos)) {
    it(`keeps ${what} for a minute and not longer`, async () => {
      const one = engine();
      origin.reply = async () => given;
      await ask(one);
      clock.pass(59);
      assert.equal((await ask(one)).source, 'hot');
      clock.pass(1);
      assert.equal((await ask(one)).source, 'miss');
    });
  }

  describe('past its time', () => {
    it('serves an answer while one caller’s request has it made anew', async () => {
      const one = engine();
      await ask(one);
      clock.pass(TIME_TO_LIVE + 1);
      const gate = deferred<ReturnType<typeof completion>>();
      origin.reply = () => gate.promise;
      const stale = await Promise.all([ask(one), ask(one), ask(one)]);
      assert.deepEqual(
        stale.map(({ stale: why, source }) => [why, source]),
        Array.from({ length: 3 }, () => ['revalidating', 'hot']),
      );
      await turn();
      assert.equal(origin.calls, 2);
      gate.resolve(completion('At 21:25.'));
      for (let i = 0; i < 10; i++) await turn();
      const fresh = await ask(one);
      assert.deepEqual([fresh.stale, fresh.entry.completion.choices[0].message['content']], [undefined, 'At 21:25.']);
      assert.equal(await counted(one, METRICS.refreshes, 'reason="stale"'), 1);
    });

    it('serves an answer, marked, when the origin fails, and no more once it is gone', async () => {
      const one = engine();
      await ask(one);
      origin.reply = async () => Promise.reject(new OriginError('unavailable', 'down'));
      clock.pass(TIME_TO_LIVE * 2);
      const { stale, entry } = await ask(one);
      assert.equal(stale, 'origin-failed');
      assert.equal(entry.secondsLeft(clock.now()), 0);
      clock.pass(TIME_TO_LIVE * 2);
      await assert.rejects(ask(one), /down/);
    });

    it('never outlives the wedding’s beginning, in any form', async () => {
      clock = new TestClock('2026-06-12T22:30:00Z');
      region = testRegion({ clock, origin });
      const one = engine();
      await ask(one);
      origin.reply = async () => Promise.reject(new OriginError('unavailable', 'down'));
      clock.pass(30 * 60);
      await assert.rejects(ask(one), /down/);
    });

    it('is refreshed early by chance, so that a crowd never meets its end', async () => {
      region = testRegion({ clock, origin, random: () => 1 - Number.EPSILON });
      const one = engine();
      origin.reply = async () => (clock.pass(60), completion('At 21:20.'));
      await ask(one);
      clock.pass(TIME_TO_LIVE - 1000);
      assert.equal(recall(one), undefined);
      const { source, stale } = await ask(one);
      assert.deepEqual([source, stale], ['hot', undefined]);
      await turn();
      assert.equal(origin.calls, 2);
      assert.equal(await counted(one, METRICS.refreshes, 'reason="early"'), 1);
    });
  });

  describe('with a caller’s wishes', () => {
    it('asks the origin anew for no-cache, and stores what it says', async () => {
      const one = engine();
      await ask(one);
      origin.reply = async () => completion('At 21:25.');
      assert.equal((await ask(one, { noCache: true })).source, 'miss');
      assert.equal(recall(one)?.completion.choices[0].message['content'], 'At 21:25.');
    });

    it('stores nothing for no-store, not even for another who asks at the same time', async () => {
      const one = engine();
      const both = await Promise.all([ask(one, { noStore: true }), ask(engine(), { noStore: true })]);
      assert.deepEqual(
        both.map(({ source }) => source),
        ['miss', 'miss'],
      );
      assert.equal(recall(one), undefined);
      assert.equal(await region.adapters.warm.get(key), undefined);
      assert.equal(origin.calls, 2);
    });

    it('answers only-if-cached from the cache or not at all', async () => {
      const one = engine();
      await assert.rejects(ask(one, { onlyIfCached: true }), NotCached);
      assert.equal(origin.calls, 0);
      await ask(one);
      assert.equal((await ask(engine(), { onlyIfCached: true })).source, 'warm');
    });

    it('gives nothing older than max-age, and nothing less fresh than min-fresh', async () => {
      const one = engine();
      await ask(one);
      clock.pass(100);
      assert.equal((await ask(one, { maxAge: 100 })).source, 'hot');
      assert.equal((await ask(one, { minFresh: TIME_TO_LIVE - 100 })).source, 'hot');
      assert.equal((await ask(one, { minFresh: TIME_TO_LIVE - 99 })).source, 'miss');
      clock.pass(100);
      assert.equal((await ask(one, { maxAge: 99 })).source, 'miss');
    });
  });

  it('holds a fresh answer back until the warm tier has it, and shows it to nobody before', async () => {
    const stored = deferred();
    const one = engine({ warm: warmTierWith(region.adapters.warm, { put: () => stored.promise }) });
    let given = false;
    const answer = ask(one);
    void answer.then(() => (given = true));
    for (let i = 0; i < 20; i++) await turn();
    assert.deepEqual([origin.calls, given, recall(one)], [1, false, undefined]);
    stored.resolve();
    const { entry } = await answer;
    assert.equal(recall(one), entry);
    assert.equal(await counted(one, METRICS.lateWarmWrites), 0);
  });

  it('gives what another engine has stored to who asks while its own answer waits to be stored', async () => {
    const stored = deferred();
    const one = engine({ warm: warmTierWith(region.adapters.warm, { put: () => stored.promise }) });
    const first = ask(one);
    for (let i = 0; i < 20; i++) await turn();
    await ask(engine());
    assert.equal((await ask(one)).source, 'warm');
    stored.resolve();
    assert.equal((await first).source, 'miss');
  });

  it('does not hold an answer back for a warm tier that is away, and serves from hot tier and origin', async () => {
    const gone = () => Promise.reject(new Error('Redis is gone'));
    const one = engine({
      warm: warmTierWith(region.adapters.warm, { up: false, get: gone, put: () => new Promise(() => {}) }),
    });
    assert.equal((await ask(one)).source, 'miss');
    assert.ok(recall(one));
    assert.equal((await ask(one)).source, 'hot');
    assert.equal(await counted(one, METRICS.lateWarmWrites), 1);
  });

  it('takes an unreadable record for a miss, and counts it', async () => {
    const { warm } = region.adapters;
    const one = engine({ warm: warmTierWith(warm, { get: async () => Buffer.from('9 something else') }) });
    assert.equal((await ask(one)).source, 'miss');
    assert.equal(await counted(one, METRICS.unreadable), 1);
  });

  it('hands the parts of one answer to all who stream it, and stores none that was cut', async () => {
    const one = engine();
    const part = (content: string) => ({ id: 'c', created: 1, model: 'm', delta: { content } });
    origin.reply = async (_question, _signal, onPart) => {
      onPart?.(part('At'));
      throw new OriginError('no-answer', 'cut in mid-answer');
    };
    const heard: unknown[] = [];
    const listen = { onPart: (given: { delta: object }) => heard.push(given.delta) };
    const both = await Promise.allSettled([ask(one, {}, listen), ask(one, {}, listen)]);
    assert.deepEqual(heard, [{ content: 'At' }, { content: 'At' }]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(recall(one), undefined);
    assert.equal(origin.calls, 1);
  });

  it('does not pass an old answer off as the rest of a stream that was cut', async () => {
    const one = engine();
    await ask(one);
    clock.pass(TIME_TO_LIVE * 2);
    origin.reply = async (_question, _signal, onPart) => {
      onPart?.({ id: 'c', created: 1, model: 'm', delta: { content: 'At' } });
      throw new OriginError('no-answer', 'cut in mid-answer');
    };
    await assert.rejects(ask(one, {}, { onPart: () => {} }), /cut in mid-answer/);
  });

  it('stops asking when everybody has left, and does not blame the origin', async () => {
    const one = engine();
    const begun = deferred();
    origin.reply = (_question, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        begun.resolve();
      });
    const leaving = new AbortController();
    const left = ask(one, {}, { signal: leaving.signal });
    await begun.promise;
    leaving.abort(new Error('hung up'));
    await assert.rejects(left, /hung up/);
    await turn();
    for (const outcome of ['ok', 'error', 'timeout'])
      assert.equal(await counted(one, METRICS.originCalls, `outcome="${outcome}"`), 0);
  });

  it('keeps vendors apart: one’s answer is never another’s', async () => {
    const one = engine();
    await ask(one);
    const other = requestOf(asked, partitionOf('jones'), NO_WISHES).request;
    assert.equal((await one.services.answering.ask(other)).source, 'miss');
    assert.equal(origin.calls, 2);
  });
});
