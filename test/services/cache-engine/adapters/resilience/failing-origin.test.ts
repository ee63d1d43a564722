import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { OpenAiOrigin } from '../../../../../services/cache-engine/src/adapters/openai/openai-origin.ts';
import { ResilientOrigin } from '../../../../../services/cache-engine/src/adapters/resilience/resilient-origin.ts';
import { testRegion, type TestRegion } from '../../support/compose.ts';
import { TestClock } from '../../support/doubles.ts';
import { startEngine, type TestEngine } from '../../support/engine.ts';
import { json, TestProvider } from '../../support/provider.ts';
import { completion } from '../../support/questions.ts';
import { FAILING, FAILING_STREAMS } from '../openai/failing-providers.ts';
import { RecordingObserver } from './scripted-origin.ts';

const asked = {
  model: 'a-model',
  messages: [{ role: 'user' as const, content: 'When is sunset?' }],
  metadata: { weddingId: 'w1', weddingDate: '2026-06-13', location: 'Leeds' },
};

describe('an engine whose origin fails', () => {
  let provider: TestProvider;
  let region: TestRegion;
  let engine: TestEngine;
  let client: OpenAI;
  let clock: TestClock;
  let origin: ResilientOrigin;

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    provider = new TestProvider((_request, response) => json(response, completion('At 21:20.')));
    const baseUrl = await provider.start();
    const limits = { concurrency: 8, queue: 8, timeout: 400, firstPartTimeout: 300 };
    const access = { baseUrl, apiKey: undefined, defaultModel: undefined };
    const parts = { route: 'main', limits, observer: new RecordingObserver(), random: () => 0 };
    origin = new ResilientOrigin({ ...parts, origin: new OpenAiOrigin(access) });
    region = testRegion({ clock, origin });
    engine = await startEngine({ region });
    client = engine.client(await engine.keyFor('smith'));
  });
  afterEach(async () => {
    await engine.close();
    provider.stop();
  });

  const ask = async (stream: boolean) => {
    const answered = await client.chat.completions.create({ ...asked, stream });
    if (Symbol.asyncIterator in answered) for await (const chunk of answered) assert.ok(chunk);
  };
  /** Asks what the provider answers well now: it must come from there, for nothing else may be kept. */
  const answersAnew = async () => {
    assert.deepEqual(await region.adapters.warm.partitions(), []);
    provider.answer = (_request, response) => json(response, completion('At 21:20.'));
    const { data, response } = await client.chat.completions.create(asked).withResponse();
    assert.equal(response.headers.get('x-wedsync-cache'), 'miss');
    assert.equal(data.choices[0]?.message.content, 'At 21:20.');
  };

  for (const [what, { answer }] of Object.entries(FAILING)) {
    for (const stream of [false, true]) {
      it(`keeps nothing when the provider ${what}${stream ? ' instead of streaming' : ''}`, async () => {
        provider.answer = (_request, response) => answer(response);
        await assert.rejects(ask(stream), OpenAI.APIError);
        await answersAnew();
      });
    }
  }

  for (const [what, { answer }] of Object.entries(FAILING_STREAMS)) {
    it(`keeps nothing when the stream ${what}`, async () => {
      provider.answer = (_request, response) => answer(response);
      await assert.rejects(ask(true), OpenAI.APIError);
      await answersAnew();
    });
  }

  const noAnswers: Readonly<Record<string, ReturnType<typeof completion>>> = {
    'that is empty': completion(''),
    'that calls a tool': completion('', { content: null, tool_calls: [{ id: '1' }] }, 'tool_calls'),
  };
  for (const [what, said] of Object.entries(noAnswers)) {
    it(`hands on an answer ${what}, and keeps it not`, async () => {
      provider.answer = (_request, response) => json(response, said);
      await client.chat.completions.create(asked);
      await answersAnew();
    });
  }

  it('keeps nothing while the breaker is open, and asks nobody', async () => {
    provider.answer = (_request, response) => json(response, {}, 500);
    const questionOf = (at: number) => [{ role: 'user' as const, content: `When is sunset ${at} days later?` }];
    for (let at = 2; at < 8; at++) {
      await assert.rejects(client.chat.completions.create({ ...asked, messages: questionOf(at) }), OpenAI.APIError);
    }
    assert.equal(origin.state().breaker, 'open');
    const { length } = provider.requests;
    await assert.rejects(client.chat.completions.create(asked), (error) => {
      assert.ok(error instanceof OpenAI.APIError && error.status === 503);
      assert.ok(Number((error.headers as Headers | undefined)?.get('retry-after')) >= 1);
      return true;
    });
    assert.equal(provider.requests.length, length);
    assert.deepEqual(await region.adapters.warm.partitions(), []);
  });

  it('gives the answer that it has, marked as past its time, also while the breaker is open', async () => {
    const stale = async () => {
      const { data, response } = await client.chat.completions.create(asked).withResponse();
      return [data.choices[0]?.message.content, response.headers.get('x-wedsync-stale')];
    };
    await client.chat.completions.create(asked);
    provider.answer = (_request, response) => json(response, {}, 500);
    // Past its time to live, and past the time for which it is made anew behind the caller's back.
    clock.pass(4 * 3600);
    for (let i = 0; i < 8; i++) assert.deepEqual(await stale(), ['At 21:20.', 'origin-failed']);
    assert.equal(origin.state().breaker, 'open');
  });
});
