import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { OpenAiOrigin } from '../../../../services/cache-engine/src/adapters/openai/openai-origin.ts';
import { DEFAULT_LIMITS } from '../../../../services/cache-engine/src/adapters/origin-router/routes.ts';
import { ResilientOrigin } from '../../../../services/cache-engine/src/adapters/resilience/resilient-origin.ts';
import { deferred, TestClock } from '../support/doubles.ts';
import { testRegion, type TestRegion } from '../support/compose.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { delta, eventStream, json, TestProvider } from '../support/provider.ts';
import { completion } from '../support/questions.ts';

/** An origin as the engine has it: behind what keeps callers and provider from harm. */
function guarded(origin: OpenAiOrigin): ResilientOrigin {
  const observer = { retried() {}, shed() {}, breakerChanged() {} };
  return new ResilientOrigin({ route: 'origin', origin, limits: DEFAULT_LIMITS, observer, random: () => 0.5 });
}

const asked = {
  model: 'a-model',
  messages: [{ role: 'user' as const, content: 'When is sunset?' }],
  metadata: { weddingId: 'w1', weddingDate: '2026-06-13', location: 'Leeds' },
};

describe('the official openai client with the engine as its base URL', () => {
  let provider: TestProvider;
  let engine: TestEngine;
  let client: OpenAI;
  let clock: TestClock;
  let region: TestRegion;
  const restart = async () => {
    await engine.close();
    engine = await startEngine({ region });
    client = engine.client(await engine.keyFor('smith'));
  };

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    provider = new TestProvider((_request, response) => json(response, completion('At 21:20.')));
    const origin = guarded(
      new OpenAiOrigin({ baseUrl: await provider.start(), apiKey: 'sk-origin', defaultModel: undefined }),
    );
    region = testRegion({ clock, origin });
    engine = await startEngine({ region });
    await restart();
  });
  afterEach(async () => {
    await engine.close();
    provider.stop();
  });

  it('gets the provider’s answer first, and the same from the cache after', async () => {
    const first = await client.chat.completions.create(asked).withResponse();
    clock.pass(90);
    const second = await client.chat.completions.create(asked).withResponse();
    assert.deepEqual(first.data.choices[0]?.message.content, 'At 21:20.');
    assert.deepEqual(second.data, first.data);
    const headers = [first, second].map(({ response }) =>
      ['x-wedsync-cache', 'x-wedsync-age', 'x-wedsync-ttl'].map((name) => response.headers.get(name)),
    );
    assert.deepEqual(headers, [
      ['miss', '0', '5142'],
      ['hot', '90', '5052'],
    ]);
    assert.equal(provider.requests.length, 1);
    assert.equal(
      await engine.metric('wedsync_cache_answers_total{source="hot",route="chat",service="cache-engine"}'),
      1,
    );
    assert.equal(await engine.metric('wedsync_cache_origin_calls_total{outcome="ok",service="cache-engine"}'), 1);
  });

  it('gets from the warm tier what was asked before a restart', async () => {
    await client.chat.completions.create(asked);
    await restart();
    const { response } = await client.chat.completions.create(asked).withResponse();
    assert.equal(response.headers.get('x-wedsync-cache'), 'warm');
  });

  it('reaches the provider with the provider’s key, and without what was meant for the cache', async () => {
    await client.chat.completions.create({ ...asked, temperature: 0.3 });
    const [{ authorization, body } = assert.fail('nothing was asked')] = provider.requests;
    assert.equal(authorization, 'Bearer sk-origin');
    assert.deepEqual(body, { model: 'a-model', messages: asked.messages, temperature: 0.3 });
  });

  it('never gets another vendor’s answer, nor another wedding’s', async () => {
    const other = engine.client(await engine.keyFor('jones'));
    await client.chat.completions.create(asked);
    await other.chat.completions.create(asked);
    await client.chat.completions.create({ ...asked, metadata: { ...asked.metadata, weddingId: 'w2' } });
    assert.equal(provider.requests.length, 3);
  });

  it('streams a miss as it is made, stores it, and replays it as a stream with its usage', async () => {
    const rest = deferred();
    provider.answer = async (_request, response) => {
      const send = eventStream(response);
      send([{ index: 0, delta: { role: 'assistant', content: 'At ' }, finish_reason: null }]);
      await rest.promise;
      send(delta('21:20.'));
      send([{ index: 0, delta: {}, finish_reason: 'stop' }]);
      send([], { usage: { prompt_tokens: 4, completion_tokens: 3, total_tokens: 7 } });
      response.end('data: [DONE]\n\n');
    };
    const streamed = { ...asked, stream: true as const, stream_options: { include_usage: true } };
    const stream = (await client.chat.completions.create(streamed))[Symbol.asyncIterator]();
    const first = await stream.next();
    assert.equal(
      (first.value as OpenAI.ChatCompletionChunk).choices[0]?.delta.content,
      'At ',
      'before the rest is there',
    );
    rest.resolve();
    const seen = [first.value as OpenAI.ChatCompletionChunk];
    for (let next = await stream.next(); !next.done; next = await stream.next()) seen.push(next.value);
    assert.deepEqual(summary(seen), { text: 'At 21:20.', reason: 'stop', total: 7 });
    assert.equal(provider.requests[0]?.body['stream'], true);

    const replayed = await collect(await client.chat.completions.create(streamed));
    assert.deepEqual(summary(replayed), { text: 'At 21:20.', reason: 'stop', total: 7 });
    const whole = await client.chat.completions.create(asked).withResponse();
    assert.equal(whole.data.choices[0]?.message.content, 'At 21:20.');
    assert.equal(whole.response.headers.get('x-wedsync-cache'), 'hot');
    assert.equal(provider.requests.length, 1);
  });

  it('gets no usage in a stream that did not ask for it', async () => {
    await client.chat.completions.create(asked);
    const chunks = await collect(await client.chat.completions.create({ ...asked, stream: true }));
    assert.deepEqual(summary(chunks), { text: 'At 21:20.', reason: 'stop', total: undefined });
    assert.equal(
      await engine.metric('wedsync_cache_answers_total{source="hot",route="chat",service="cache-engine"}'),
      1,
    );
  });

  it('makes one call to the provider for many equal streams at once', async () => {
    provider.answer = (_request, response) => {
      const send = eventStream(response);
      send(delta('At '));
      send(delta('21:20.'));
      send([{ index: 0, delta: {}, finish_reason: 'stop' }]);
      response.end('data: [DONE]\n\n');
    };
    const all = await Promise.all(
      Array.from({ length: 40 }, async () => collect(await client.chat.completions.create({ ...asked, stream: true }))),
    );
    for (const chunks of all) assert.equal(summary(chunks).text, 'At 21:20.');
    assert.equal(provider.requests.length, 1);
  });

  it('sees an error in a stream that was cut, and the cut answer is not stored', async () => {
    provider.answer = (_request, response) => {
      const send = eventStream(response);
      send(delta('At '));
      response.end();
    };
    const stream = await client.chat.completions.create({ ...asked, stream: true });
    await assert.rejects(collect(stream), OpenAI.APIError);
    provider.answer = (_request, response) => json(response, completion('At 21:20.'));
    const { response } = await client.chat.completions.create(asked).withResponse();
    assert.equal(response.headers.get('x-wedsync-cache'), 'miss');
  });

  const failures: Readonly<Record<string, [status: number, raised: new (...args: never[]) => Error, seen: number]>> = {
    'a request that the provider refuses': [400, OpenAI.BadRequestError, 400],
    'a model that the provider does not have': [404, OpenAI.NotFoundError, 404],
    'a provider over its quota': [429, OpenAI.RateLimitError, 429],
    'a provider that fails': [500, OpenAI.InternalServerError, 502],
    'a provider that refuses the engine’s own key': [401, OpenAI.InternalServerError, 502],
  };
  for (const [what, [status, raised, seen]] of Object.entries(failures)) {
    it(`raises ${raised.name} for ${what}, and caches nothing`, async () => {
      provider.answer = (_request, response) =>
        json(response, { error: { message: 'no', type: 'x' } }, status, { 'retry-after': '7' });
      for (const stream of [false, true]) {
        await assert.rejects(client.chat.completions.create({ ...asked, stream }), (error) => {
          assert.ok(error instanceof raised && error instanceof OpenAI.APIError, String(error));
          assert.equal(error.status, seen);
          return true;
        });
      }
      provider.answer = (_request, response) => json(response, completion('At 21:20.'));
      assert.equal((await client.chat.completions.create(asked)).choices[0]?.message.content, 'At 21:20.');
    });
  }

  it('tries an unreachable provider once more, and no further', async () => {
    provider.answer = (_request, response) => void response.destroy();
    await assert.rejects(client.chat.completions.create(asked), OpenAI.InternalServerError);
    assert.equal(provider.requests.length, 2);
  });

  it('may hang up: the call to the provider ends when nobody waits for it any more, and that is no error of the engine', async () => {
    const [reached, ended] = [deferred(), deferred()];
    provider.answer = (_request, response) => {
      response.on('close', () => ended.resolve());
      reached.resolve();
    };
    const leaving = new AbortController();
    const left = client.chat.completions.create(asked, { signal: leaving.signal });
    await reached.promise;
    leaving.abort();
    await assert.rejects(left, OpenAI.APIUserAbortError);
    await ended.promise;
    provider.answer = (_request, response) => json(response, completion('At 21:20.'));
    assert.equal((await client.chat.completions.create(asked)).choices[0]?.message.content, 'At 21:20.');
    assert.equal(
      await engine.metric('wedsync_cache_errors_total{route="chat",status="5xx",service="cache-engine"}'),
      0,
    );
    assert.equal(await engine.metric('wedsync_cache_origin_calls_total{outcome="error",service="cache-engine"}'), 0);
  });

  it('raises AuthenticationError for a key that is not one', async () => {
    const stranger = engine.client('wsk_unknown');
    await assert.rejects(stranger.chat.completions.create(asked), OpenAI.AuthenticationError);
    await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
  });

  it('raises PermissionDeniedError when a request names another vendor', async () => {
    const metadata = { vendorId: 'jones' };
    await assert.rejects(client.chat.completions.create({ ...asked, metadata }), OpenAI.PermissionDeniedError);
    assert.equal(provider.requests.length, 0);
  });

  it('passes what the cache does not understand to the provider, as it is, each time', async () => {
    const call = { id: '1', type: 'function', function: { name: 'sunset', arguments: '{}' } };
    provider.answer = (_request, response) =>
      json(response, completion('', { content: null, tool_calls: [call] }, 'tool_calls'));
    const tools = [{ type: 'function' as const, function: { name: 'sunset' } }];
    for (let i = 0; i < 2; i++) {
      const { data, response } = await client.chat.completions.create({ ...asked, tools, n: 1 }).withResponse();
      assert.deepEqual(data.choices[0]?.message.tool_calls, [call]);
      assert.equal(response.headers.get('x-wedsync-cache'), 'bypass');
    }
    assert.deepEqual(provider.requests[1]?.body, { model: 'a-model', messages: asked.messages, tools, n: 1 });
  });

  it('lists the provider’s models', async () => {
    const model = { id: 'a-model', object: 'model', created: 1, owned_by: 'x' };
    provider.answer = (_request, response) => json(response, { object: 'list', data: [model] });
    assert.deepEqual((await client.models.list()).data, [model]);
  });
});

async function collect<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

function summary(chunks: readonly OpenAI.ChatCompletionChunk[]) {
  return {
    text: chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join(''),
    reason: chunks.map(({ choices }) => choices[0]?.finish_reason).find((reason) => reason != null),
    total: chunks.map(({ usage }) => usage?.total_tokens).find((total) => total !== undefined),
  };
}
