import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { answerKey } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { Answering, type AnsweringParts } from '../../../../services/cache-engine/src/engine/answering.ts';
import { HotTier } from '../../../../services/cache-engine/src/engine/hot-tier.ts';
import { OriginError } from '../../../../services/cache-engine/src/ports/origin.ts';
import type { WarmTier } from '../../../../services/cache-engine/src/ports/warm-tier.ts';
import { deferred, TestClock, TestObserver, TestOrigin } from '../support/doubles.ts';
import { completion, question } from '../support/questions.ts';

const asked = question();
const key = answerKey(asked);
/** A photographer's answer five weeks ahead: 2 h ÷ 1.4. */
const TIME_TO_LIVE = 5142;

describe('answering', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let warm: WarmTier;
  let observer: TestObserver;
  const engine = (changes: Partial<AnsweringParts> = {}) =>
    new Answering({
      hot: new HotTier(1 << 20, clock),
      warm,
      origin,
      clock,
      zone: 'Europe/London',
      observer,
      ...changes,
    });

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async () => completion('At 21:20.'));
    warm = new MemoryWarmTier(clock);
    observer = new TestObserver();
  });

  it('asks the origin once, then answers from the hot tier', async () => {
    const answering = engine();
    const { entry, source } = await answering.ask(key, asked);
    assert.equal(source, 'miss');
    assert.equal(entry.secondsLeft(clock.now()), TIME_TO_LIVE);
    assert.equal(answering.recall(key), entry);
    assert.equal(origin.calls, 1);
    assert.deepEqual(observer.originCalls, ['ok']);
  });

  it('answers from the warm tier what another process has asked', async () => {
    const first = await engine().ask(key, asked);
    const second = await engine().ask(key, asked);
    assert.equal(second.source, 'warm');
    assert.deepEqual(second.entry.body, first.entry.body);
    assert.equal(origin.calls, 1);
  });

  it('keeps the age of a warm answer, and serves it no longer than its first holder may', async () => {
    await engine().ask(key, asked);
    clock.pass(TIME_TO_LIVE - 10);
    const answering = engine();
    const { entry } = await answering.ask(key, asked);
    assert.deepEqual([entry.ageSeconds(clock.now()), entry.secondsLeft(clock.now())], [TIME_TO_LIVE - 10, 10]);
    clock.pass(10);
    assert.equal(answering.recall(key), undefined);
    assert.equal((await answering.ask(key, asked)).source, 'miss');
  });

  it('does not trust a warm tier that keeps an answer too long', async () => {
    const records = new Map<string, Buffer>();
    warm = { up: true, get: async (at) => records.get(at), set: async (at, record) => void records.set(at, record) };
    await engine().ask(key, asked);
    clock.pass(TIME_TO_LIVE);
    assert.equal((await engine().ask(key, asked)).source, 'miss');
  });

  it('goes to the origin once for 500 who ask the same at once', async () => {
    const answering = engine();
    const gate = deferred<ReturnType<typeof completion>>();
    origin.reply = () => gate.promise;
    const all = Array.from({ length: 500 }, () => answering.ask(key, asked));
    gate.resolve(completion('At 21:20.'));
    assert.equal(new Set((await Promise.all(all)).map(({ entry }) => entry)).size, 1);
    assert.equal(origin.calls, 1);
  });

  it('never caches an error', async () => {
    const answering = engine();
    origin.reply = async () => Promise.reject(new OriginError('timeout', 'too slow'));
    await assert.rejects(answering.ask(key, asked), /too slow/);
    origin.reply = async () => completion('At 21:20.');
    assert.equal((await answering.ask(key, asked)).source, 'miss');
    assert.deepEqual(observer.originCalls, ['timeout', 'ok']);
  });

  const notAnswers = {
    'a refusal': completion('', { refusal: 'I cannot help with that.' }),
    'an empty text': completion(''),
    'a filtered text': completion('At', {}, 'content_filter'),
    'a call of a tool': completion('x', { tool_calls: [{ id: '1' }] }),
  };
  for (const [what, given] of Object.entries(notAnswers)) {
    it(`passes ${what} on without keeping it`, async () => {
      const answering = engine();
      origin.reply = async () => given;
      const { entry } = await answering.ask(key, asked);
      assert.deepEqual(entry.completion, given);
      assert.equal(entry.secondsLeft(clock.now()), 0);
      assert.equal(answering.recall(key), undefined);
      assert.equal(await warm.get(key), undefined);
    });
  }

  it('holds a fresh answer back until the warm tier has it', async () => {
    const stored = deferred();
    warm = { up: true, get: async () => undefined, set: () => stored.promise };
    let given = false;
    const answer = engine().ask(key, asked);
    void answer.then(() => (given = true));
    for (let i = 0; i < 5; i++) await turn();
    assert.equal(given, false);
    stored.resolve();
    await answer;
    assert.equal(observer.lateWrites, 0);
  });

  it('shows a fresh answer to nobody before the warm tier has it', async () => {
    const stored = deferred();
    const answering = engine({ warm: { up: true, get: async () => undefined, set: () => stored.promise } });
    const answer = answering.ask(key, asked);
    await turn();
    assert.equal(origin.calls, 1);
    assert.equal(answering.recall(key), undefined);
    stored.resolve();
    assert.equal(answering.recall(key), undefined);
    const { entry } = await answer;
    assert.equal(answering.recall(key), entry);
  });

  it('gives what another engine has stored to who asks while its own answer waits to be stored', async () => {
    const stored = deferred();
    let elsewhere: Buffer | undefined;
    const slow = { up: true, get: async () => elsewhere, set: () => stored.promise };
    const answering = engine({ warm: slow });
    const first = answering.ask(key, asked);
    await turn();
    await engine({ warm: { ...slow, set: async (_key, record) => void (elsewhere = record) } }).ask(key, asked);
    assert.equal((await answering.ask(key, asked)).source, 'warm');
    stored.resolve();
    assert.equal((await first).source, 'miss');
  });

  it('gives the answer all the same when the warm tier does not confirm in time, and counts it', async () => {
    warm = { up: true, get: async () => undefined, set: () => new Promise(() => {}) };
    const answering = engine({ warmWriteDeadline: 5 });
    assert.equal((await answering.ask(key, asked)).source, 'miss');
    assert.ok(answering.recall(key));
    assert.equal(observer.lateWrites, 1);
  });

  it('does not hold an answer back for a warm tier that is away', async () => {
    warm = { up: false, get: () => Promise.reject(new Error('gone')), set: () => new Promise(() => {}) };
    const answering = engine({ warmWriteDeadline: 3_600_000 });
    assert.equal((await answering.ask(key, asked)).source, 'miss');
  });

  it('serves from hot tier and origin while the warm tier fails', async () => {
    const gone = () => Promise.reject(new Error('Redis is gone'));
    warm = { up: false, get: gone, set: gone };
    const answering = engine();
    assert.equal((await answering.ask(key, asked)).source, 'miss');
    assert.ok(answering.recall(key));
  });

  it('takes an unreadable record for a miss', async () => {
    await warm.set(key, Buffer.from('9 something else'), clock.now() + 60_000);
    assert.equal((await engine().ask(key, asked)).source, 'miss');
  });

  it('hands the parts of one answer to all who stream it, and stores none that was cut', async () => {
    const answering = engine();
    const part = (content: string) => ({ id: 'c', created: 1, model: 'm', delta: { content } });
    origin.reply = async (_question, _signal, onPart) => {
      onPart?.(part('At'));
      throw new OriginError('no-answer', 'cut in mid-answer');
    };
    const heard: unknown[] = [];
    const listen = { onPart: (given: { delta: object }) => heard.push(given.delta) };
    const both = await Promise.allSettled([answering.ask(key, asked, listen), answering.ask(key, asked, listen)]);
    assert.deepEqual(heard, [{ content: 'At' }, { content: 'At' }]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(answering.recall(key), undefined);
    assert.equal(origin.calls, 1);
  });

  it('stops asking when everybody has left, and does not blame the origin', async () => {
    const answering = engine();
    const begun = deferred();
    origin.reply = (_question, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        begun.resolve();
      });
    const leaving = new AbortController();
    const left = answering.ask(key, asked, { signal: leaving.signal });
    await begun.promise;
    leaving.abort(new Error('hung up'));
    await assert.rejects(left, /hung up/);
    await turn();
    assert.deepEqual(observer.originCalls, []);
  });
});
