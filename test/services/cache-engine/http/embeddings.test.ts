import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../services/cache-engine/src/engine/json.ts';
import { OriginError, type ForwardedAnswer } from '../../../../services/cache-engine/src/ports/origin.ts';
import { TestOrigin } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { completion } from '../support/questions.ts';
import { expectStatus, type ProblemBody } from './api.ts';

const PATH = '/v1/embeddings';
const answer = { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.6, 0.8] }], model: 'small' };

/** An origin that embeds as the test says, and keeps what it was asked. */
class EmbeddingOrigin extends TestOrigin {
  asked: JsonObject[] = [];
  embed: () => Promise<ForwardedAnswer> = async () => ({
    status: 200,
    contentType: 'application/json',
    body: (async function* () {
      yield Buffer.from(JSON.stringify(answer));
    })(),
  });

  override forwardEmbeddings(request?: JsonObject): Promise<ForwardedAnswer> {
    if (request !== undefined) this.asked.push(request);
    return this.embed();
  }
}

describe('embeddings over HTTP', () => {
  const origin = new EmbeddingOrigin(async () => completion('x'));
  let engine: TestEngine;
  let key: string;
  before(async () => {
    engine = await startEngine({ origin });
    key = await engine.keyFor('smith');
  });
  after(() => engine.close());

  it('are passed to the origin as they came and back as they are, each time', async () => {
    const request = { model: 'small', input: ['When?', 'Where?'], dimensions: 2 };
    for (let time = 0; time < 2; time++) {
      const response = await engine.call('POST', PATH, request, key);
      assert.deepEqual([response.status, response.headers.get('x-wedsync-cache')], [200, 'bypass']);
      assert.deepEqual(await response.json(), answer);
    }
    assert.deepEqual(origin.asked, [request, request]);
    const line = 'wedsync_cache_answers_total{source="bypass",route="embeddings",service="cache-engine"}';
    assert.equal(await engine.metric(line), 2);
  });

  for (const [request, pointer] of [
    [{ model: 'small' }, '#/input'],
    [{ model: 'small', input: [] }, '#/input'],
    [{ model: 'small', input: 7 }, '#/input'],
    [{ model: 7, input: 'x' }, '#/model'],
  ] as const) {
    it(`are refused with the field named: ${JSON.stringify(request)}`, async () => {
      const { errors } = await expectStatus<ProblemBody>(engine, 400, 'POST', PATH, request, key);
      assert.equal(errors?.[0]?.pointer, pointer);
    });
  }

  for (const [failure, status, retry] of [
    ['breaker-open', 503, '7'],
    ['overloaded', 503, '7'],
    ['limited', 429, '7'],
    ['unavailable', 502, '1'],
    ['timeout', 504, null],
  ] as const) {
    it(`are ${status} when the origin says ${failure}`, async () => {
      origin.embed = () => Promise.reject(new OriginError(failure, 'No.', { retryAfter: 7 }));
      const response = await engine.call('POST', PATH, { model: 'small', input: 'x' }, key);
      assert.deepEqual([response.status, response.headers.get('retry-after')], [status, retry]);
    });
  }
});
