import assert from 'node:assert/strict';
import { mock } from 'node:test';
import {
  ResilientOrigin,
  type RouteLimits,
} from '../../../../../services/cache-engine/src/adapters/resilience/resilient-origin.ts';
import { textOf } from '../../../../../services/cache-engine/src/engine/completion.ts';
import { OriginError, type OriginFailure } from '../../../../../services/cache-engine/src/ports/origin.ts';
import { completion, question } from '../../support/questions.ts';
import { failing, RecordingObserver, ScriptedOrigin, silent } from './scripted-origin.ts';

const ROOMY: RouteLimits = { concurrency: 100, queue: 100, timeout: 60_000, firstPartTimeout: 60_000 };
const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));
const part = { id: 'c', created: 1, model: 'm', delta: { content: 'At ' } };

describe('a resilient origin', () => {
  let inner: ScriptedOrigin;
  let observer: RecordingObserver;
  const guarded = (limits: Partial<RouteLimits> = {}) =>
    new ResilientOrigin({ route: 'main', origin: inner, limits: { ...ROOMY, ...limits }, observer, random: () => 0 });
  const failureOf = (call: Promise<unknown>): Promise<OriginFailure> =>
    call.then(
      () => assert.fail('There was an answer.'),
      (error: unknown) => (error instanceof OriginError ? error.failure : assert.fail(String(error))),
    );

  beforeEach(() => {
    inner = new ScriptedOrigin();
    observer = new RecordingObserver();
  });
  afterEach(() => mock.timers.reset());

  it('gives what the origin answers', async () => {
    const origin = guarded();
    assert.equal(textOf(await origin.ask(question(), never)), 'At 21:20.');
    assert.deepEqual(origin.state(), { route: 'main', breaker: 'closed', running: 0, queued: 0 });
    assert.equal(origin.defaultModel, 'a-model');
    assert.equal((await origin.models(never)).length, 1);
  });

  describe('tries again', () => {
    const once: readonly [OriginFailure, { status?: number; retryAfter?: number }, calls: number][] = [
      ['unavailable', {}, 2],
      ['unavailable', { retryAfter: 60 }, 1],
      ['unavailable', { status: 401 }, 1],
      ['timeout', {}, 2],
      ['limited', { status: 429, retryAfter: 0 }, 2],
      ['limited', { status: 429, retryAfter: 3 }, 1],
      ['limited', { status: 429 }, 1],
      ['refused', { status: 400 }, 1],
      ['no-answer', {}, 1],
    ];
    for (const [failure, details, calls] of once) {
      it(`${calls === 2 ? 'once' : 'never'} after “${failure}” with ${JSON.stringify(details)}`, async () => {
        inner.script = failing(failure, details);
        assert.equal(await failureOf(guarded().ask(question(), never)), failure);
        assert.deepEqual([inner.calls, observer.retries], [calls, calls - 1]);
      });
    }

    it('and gives the second answer', async () => {
      inner.script = (asked) => {
        inner.script = async () => completion('At 21:20.');
        return failing('unavailable')(asked, never);
      };
      assert.equal(textOf(await guarded().ask(question(), never)), 'At 21:20.');
    });

    it('not once the caller has seen the beginning of an answer', async () => {
      inner.script = (_question, _signal, onPart) => {
        onPart?.(part);
        return Promise.reject(new OriginError('unavailable', 'cut'));
      };
      assert.equal(await failureOf(guarded().ask(question(), never, () => {})), 'unavailable');
      assert.equal(inner.calls, 1);
    });

    it('not when the caller has left', async () => {
      inner.script = silent;
      const leaving = new AbortController();
      const asked = guarded().ask(question(), leaving.signal);
      await settled();
      leaving.abort(new Error('gone'));
      await assert.rejects(asked, { message: 'gone' });
      assert.equal(inner.calls, 1);
    });

    it('for a tenth of the calls and no more, once what was saved is spent', async () => {
      const origin = guarded();
      const calls = 400;
      for (let i = 0; i < calls; i++) {
        // Good answers between the failures, so that the breaker stays closed.
        inner.script = i % 4 === 3 ? failing('unavailable') : async () => completion('x');
        await origin.ask(question(), never).catch(() => {});
      }
      assert.ok(observer.retries <= 10 + calls / 10, `${observer.retries} retries`);
      assert.ok(observer.retries >= calls / 10, `${observer.retries} retries`);
      assert.equal(inner.calls, calls + observer.retries);
    });
  });

  describe('has a breaker that', () => {
    beforeEach(() => mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-06-13T12:00:00Z') }));
    const fail = async (origin: ResilientOrigin, failure: OriginFailure, times: number) => {
      inner.script = failing(failure, { retryAfter: 60, status: 429 });
      for (let i = 0; i < times; i++) await origin.ask(question(), never).catch(() => {});
    };

    for (const failure of ['unavailable', 'timeout', 'no-answer', 'limited'] as const) {
      it(`opens when calls go on ending with “${failure}”: then nothing is asked any more`, async () => {
        const origin = guarded();
        await fail(origin, failure, 30);
        assert.equal(origin.state().breaker, 'open');
        const { calls } = inner;
        assert.equal(await failureOf(origin.ask(question(), never)), 'breaker-open');
        assert.equal(await failureOf(origin.forward({}, question().context, never)), 'breaker-open');
        assert.equal(await failureOf(origin.forwardEmbeddings({}, never)), 'breaker-open');
        assert.equal(inner.calls, calls);
        assert.ok(calls < 10, `${calls} calls before it opened`);
      });
    }

    it('stays closed while the origin refuses faulty requests, and while callers leave', async () => {
      const origin = guarded();
      await fail(origin, 'refused', 30);
      inner.script = silent;
      for (let i = 0; i < 30; i++) {
        const leaving = new AbortController();
        const asked = origin.ask(question(), leaving.signal);
        leaving.abort(new Error('gone'));
        await assert.rejects(asked, { message: 'gone' });
      }
      assert.equal(origin.state().breaker, 'closed');
    });

    it('stays closed while fewer than half of the calls fail', async () => {
      const origin = guarded();
      for (let i = 0; i < 100; i++) {
        inner.script = i % 3 === 2 ? failing('no-answer') : async () => completion('x');
        await origin.ask(question(), never).catch(() => {});
      }
      assert.deepEqual(observer.states, []);
    });

    it('says when to come back, and lets one call see whether the origin is', async () => {
      const origin = guarded();
      await fail(origin, 'no-answer', 5);
      await assert.rejects(origin.ask(question(), never), { failure: 'breaker-open', retryAfter: 2 });
      mock.timers.tick(2_000);
      const answered = Promise.withResolvers<void>();
      inner.script = async () => (await answered.promise, completion('At 21:20.'));
      const probe = origin.ask(question(), never);
      assert.equal(await failureOf(origin.ask(question(), never)), 'breaker-open');
      answered.resolve();
      assert.equal(textOf(await probe), 'At 21:20.');
      await origin.ask(question(), never);
      assert.deepEqual(observer.states, ['open', 'half-open', 'closed']);
    });

    it('gives the origin a longer pause each time that it is not back', async () => {
      const origin = guarded();
      await fail(origin, 'no-answer', 5);
      const pauses: unknown[] = [];
      for (let i = 0; i < 5; i++) {
        const failed = await origin.ask(question(), never).catch((error: unknown) => error);
        const pause = failed instanceof OriginError ? (failed.retryAfter ?? 0) : 0;
        pauses.push(pause);
        mock.timers.tick(pause * 1000);
        assert.equal(await failureOf(origin.ask(question(), never)), 'no-answer');
      }
      assert.deepEqual(pauses, [2, 5, 10, 30, 30]);
    });

    it('stays open when the caller whose call was the probe leaves', async () => {
      const origin = guarded();
      await fail(origin, 'no-answer', 5);
      mock.timers.tick(2_000);
      inner.script = silent;
      const leaving = new AbortController();
      const probe = origin.ask(question(), leaving.signal);
      await settled();
      leaving.abort(new Error('gone'));
      await assert.rejects(probe, { message: 'gone' });
      assert.equal(origin.state().breaker, 'open');
    });
  });

  describe('has deadlines', () => {
    it('for the whole answer', async () => {
      inner.script = silent;
      const origin = guarded({ timeout: 20 });
      assert.equal(await failureOf(origin.ask(question(), never)), 'timeout');
      assert.deepEqual([inner.calls, origin.state().running], [1, 0]);
    });

    it('for the first part of a stream, after which it is asked once more', async () => {
      inner.script = silent;
      assert.equal(await failureOf(guarded({ firstPartTimeout: 20 }).ask(question(), never, () => {})), 'timeout');
      assert.equal(inner.calls, 2);
    });

    it('that a stream keeps which has begun in time and goes on for longer', async () => {
      inner.script = async (_question, signal, onPart) => {
        onPart?.(part);
        await new Promise((resolve) => setTimeout(resolve, 60));
        signal.throwIfAborted();
        return completion('At 21:20.');
      };
      assert.equal(textOf(await guarded({ firstPartTimeout: 20 }).ask(question(), never, () => {})), 'At 21:20.');
    });

    it('that a stream misses which goes silent after its first part: then nothing is asked again', async () => {
      inner.script = (asked, signal, onPart) => (onPart?.(part), silent(asked, signal));
      assert.equal(await failureOf(guarded({ timeout: 30 }).ask(question(), never, () => {})), 'timeout');
      assert.equal(inner.calls, 1);
    });
  });

  describe('is asked more than it takes, and', () => {
    it('sheds the least urgent, who are told when to come back', async () => {
      inner.script = silent;
      const origin = guarded({ concurrency: 1, queue: 1 });
      const leaving = new AbortController();
      const ask = (priority: 'background' | 'wedding-day') => {
        const asked = origin.ask(question(), leaving.signal, undefined, { priority });
        asked.catch(() => {});
        return asked;
      };
      const [first, revalidation, bride] = [ask('background'), ask('background'), ask('wedding-day')];
      await assert.rejects(revalidation, { failure: 'overloaded', retryAfter: 1 });
      assert.deepEqual(origin.state(), { route: 'main', breaker: 'closed', running: 1, queued: 1 });
      assert.deepEqual(observer.sheds, ['background']);
      leaving.abort(new Error('gone'));
      await assert.rejects(first, { message: 'gone' });
      await assert.rejects(bride, { message: 'gone' });
      assert.deepEqual([inner.calls, origin.state().running, origin.state().queued], [1, 0, 0]);
    });

    it('turns away who got no place in time', async () => {
      inner.script = () => new Promise(() => {});
      const origin = guarded({ concurrency: 1, timeout: 30 });
      void origin.ask(question(), never);
      assert.equal(await failureOf(origin.ask(question(), never)), 'overloaded');
      assert.deepEqual([observer.sheds, origin.state().queued], [['ordinary'], 0]);
    });
  });

  describe('passes requests on and', () => {
    const bytes = Buffer.from('{}');
    async function* body() {
      yield bytes;
      yield bytes;
    }
    const open = async () => {
      inner.forwarding = async () => ({ status: 200, contentType: 'application/json', body: body() });
      const origin = guarded();
      return { origin, iterator: (await origin.forwardEmbeddings({}, never)).body[Symbol.asyncIterator]() };
    };

    it('holds their place until the last byte', async () => {
      const { origin, iterator } = await open();
      assert.equal(origin.state().running, 1);
      await iterator.next();
      await iterator.next();
      assert.equal(origin.state().running, 1);
      assert.equal((await iterator.next()).done, true);
      assert.equal(origin.state().running, 0);
    });

    it('gives their place back when nobody reads the answer', async () => {
      const { origin, iterator } = await open();
      await iterator.return?.();
      assert.equal(origin.state().running, 0);
    });

    it('gives their place back when the caller leaves, whether or not the answer was begun', async () => {
      const leaving = new AbortController();
      inner.forwarding = async () => ({ status: 200, contentType: 'application/json', body: body() });
      const origin = guarded();
      await origin.forward({}, question().context, leaving.signal);
      leaving.abort();
      assert.equal(origin.state().running, 0);
    });

    it('gives their place back when the answer breaks off', async () => {
      async function* broken() {
        yield bytes;
        throw new Error('cut');
      }
      inner.forwarding = async () => ({ status: 200, contentType: 'application/json', body: broken() });
      const origin = guarded();
      const iterator = (await origin.forward({}, question().context, never)).body[Symbol.asyncIterator]();
      await iterator.next();
      await assert.rejects(async () => iterator.next(), { message: 'cut' });
      assert.equal(origin.state().running, 0);
    });

    it('tries once more when they failed before there was an answer', async () => {
      inner.forwarding = () => Promise.reject(new OriginError('unavailable', 'no'));
      assert.equal(await failureOf(guarded().forwardEmbeddings({}, never)), 'unavailable');
      assert.equal(inner.calls, 2);
    });
  });
});
