import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { OpenAiOrigin } from '../../../../../services/cache-engine/src/adapters/openai/openai-origin.ts';
import { isDefiniteNo, isStorable, textOf } from '../../../../../services/cache-engine/src/engine/completion.ts';
import { OriginError } from '../../../../../services/cache-engine/src/ports/origin.ts';
import { deferred } from '../../support/doubles.ts';
import { delta, eventStream, html, json, TestProvider } from '../../support/provider.ts';
import { completion, question } from '../../support/questions.ts';
import { error, FAILING, FAILING_STREAMS } from './failing-providers.ts';

/** Milliseconds: short where the timeout is what is awaited, and never in the way of anything else on a busy machine. */
const PATIENCE = 300;
const LONG_PATIENCE = 15_000;

describe('an origin that speaks OpenAI’s API', () => {
  let provider: TestProvider;
  let origin: OpenAiOrigin;
  let baseUrl: string;
  const originWith = (timeout: number) =>
    new OpenAiOrigin({ baseUrl, apiKey: 'sk-origin', defaultModel: undefined, timeout });
  const never = new AbortController().signal;

  beforeEach(async () => {
    provider = new TestProvider((_request, response) => json(response, completion('At 21:20.')));
    baseUrl = await provider.start();
    origin = originWith(PATIENCE);
  });
  afterEach(() => provider.stop());

  async function failureOf(call: Promise<unknown>): Promise<OriginError> {
    const failed = await call.then(
      () => assert.fail('There was an answer.'),
      (reason: unknown) => reason,
    );
    assert.ok(failed instanceof OriginError, String(failed));
    return failed;
  }

  for (const [what, { answer, failure, retryAfter }] of Object.entries(FAILING)) {
    for (const streaming of [false, true]) {
      it(`gives no answer when the provider ${what}${streaming ? ' instead of streaming' : ''}, and asks once`, async () => {
        provider.answer = (_request, response) => answer(response);
        origin = originWith(failure === 'timeout' ? PATIENCE : LONG_PATIENCE);
        const failed = await failureOf(origin.ask(question(), never, streaming ? () => {} : undefined));
        assert.deepEqual([failed.failure, failed.retryAfter], [failure, retryAfter]);
        assert.equal(provider.requests.length, 1);
      });
    }
  }

  for (const [what, { answer, failure }] of Object.entries(FAILING_STREAMS)) {
    it(`gives no answer when the stream ${what}`, async () => {
      provider.answer = (_request, response) => answer(response);
      origin = originWith(failure === 'timeout' ? PATIENCE : LONG_PATIENCE);
      assert.equal((await failureOf(origin.ask(question(), never, () => {}))).failure, failure);
    });
  }

  it('gives what has no text, was filtered or calls a tool as what it is, which none may keep as an answer', async () => {
    const odd = [
      completion(''),
      completion('At', {}, 'content_filter'),
      completion('', { content: null, refusal: 'No.' }),
      completion('', { content: null, tool_calls: [{ id: '1' }] }, 'tool_calls'),
    ];
    for (const one of odd) {
      provider.answer = (_request, response) => json(response, one);
      assert.equal(isStorable(await origin.ask(question(), never)), false);
    }
    assert.deepEqual(odd.map(isDefiniteNo), [false, true, true, false]);
  });

  it('gives a stream that a filter stopped as what it is', async () => {
    provider.answer = (_request, response) => {
      const send = eventStream(response);
      send(delta('At '));
      send([{ index: 0, delta: {}, finish_reason: 'content_filter' }]);
      response.end('data: [DONE]\n\n');
    };
    const filtered = await origin.ask(question(), never, () => {});
    assert.deepEqual([textOf(filtered), isStorable(filtered), isDefiniteNo(filtered)], ['At ', false, true]);
  });

  it('takes a whole answer from a provider that does not stream', async () => {
    const parts: unknown[] = [];
    const answered = await origin.ask(question(), never, (part) => parts.push(part));
    assert.deepEqual([textOf(answered), parts], ['At 21:20.', []]);
  });

  it('ends with the caller’s own reason when the caller leaves', async () => {
    const reached = deferred();
    provider.answer = () => reached.resolve();
    const leaving = new AbortController();
    const asked = origin.ask(question(), leaving.signal);
    await reached.promise;
    leaving.abort(new Error('gone'));
    await assert.rejects(asked, { message: 'gone' });
  });

  it('passes embeddings on as they are, both ways', async () => {
    const answer = { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.5] }], model: 'e' };
    provider.answer = (_request, response) => json(response, answer);
    const { status, contentType, body } = await origin.forwardEmbeddings({ model: 'e', input: ['sunset'] }, never);
    assert.deepEqual([status, contentType, JSON.parse(await text(body))], [200, 'application/json', answer]);
    const [{ path, authorization, body: sent } = assert.fail('nothing was asked')] = provider.requests;
    assert.deepEqual(
      [path, authorization, sent],
      ['/v1/embeddings', 'Bearer sk-origin', { model: 'e', input: ['sunset'] }],
    );
  });

  it('says to the provider which trace a call belongs to, where it belongs to one', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    for (const options of [{ traceparent }, { traceparent: '' }, {}]) {
      await origin.ask(question(), never, undefined, options);
      await origin.ask(question(), never, () => {}, options);
      await origin.forward({}, question().context, never, options);
      await origin.forwardEmbeddings({}, never, options);
    }
    const said = provider.requests.map((request) => request.traceparent);
    assert.deepEqual(said, [...Array<string>(4).fill(traceparent), ...Array<undefined>(8).fill(undefined)]);
  });

  it('passes no error on as an answer', async () => {
    provider.answer = (_request, response) => html(response, 200);
    assert.equal((await failureOf(origin.forward({}, question().context, never))).failure, 'no-answer');
    assert.equal((await failureOf(origin.forwardEmbeddings({}, never))).failure, 'no-answer');
    provider.answer = (_request, response) => json(response, error, 429, { 'retry-after': '2' });
    assert.equal((await failureOf(origin.forwardEmbeddings({}, never))).retryAfter, 2);
  });

  it('lists models, and nothing that is no list of them', async () => {
    const model = { id: 'a-model', object: 'model', created: 1, owned_by: 'x' };
    provider.answer = (_request, response) => json(response, { object: 'list', data: [model] });
    assert.deepEqual(await origin.models(never), [model]);
    provider.answer = (_request, response) => json(response, { object: 'list', data: ['a-model'] });
    assert.equal((await failureOf(origin.models(never))).failure, 'no-answer');
  });
});
