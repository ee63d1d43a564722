import assert from 'node:assert/strict';
import { OpenAiOrigin } from '../../../../services/cache-engine/src/adapters/openai/openai-origin.ts';
import { HEADERS } from '../../../../services/cache-engine/src/contract.ts';
import { testRegion, type TestRegion } from '../support/compose.ts';
import { TestClock } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { cut, delta, eventStream, html, json, TestProvider } from '../support/provider.ts';
import { completion } from '../support/questions.ts';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';

/** A photographer's answer: 2 h ÷ 1.4, in seconds. */
const TIME_TO_LIVE = 5142;
/** Milliseconds that a provider has for its answer. */
const PATIENCE = 400;

describe('scenario 26: an origin that fails', () => {
  let clock: TestClock;
  let provider: TestProvider;
  let region: TestRegion;
  let engine: TestEngine;
  let key: string;
  const good: TestProvider['answer'] = (_request, response) => json(response, completion('At 21:20.'));
  const ask = async (stream = false) => {
    const response = await fetch(`${engine.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'a-model', messages: [{ role: 'user', content: 'When is sunset?' }], stream }),
    });
    const text = await response.text().catch(() => 'cut');
    return {
      status: response.status,
      text,
      source: response.headers.get(HEADERS.source),
      stale: response.headers.get(HEADERS.stale),
    };
  };
  const nothingStored = async () => {
    assert.deepEqual(await region.adapters.warm.frames(partitionOf('smith')), []);
    assert.equal(engine.engine.hot.size, 0);
  };

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    provider = new TestProvider(good);
    const baseUrl = await provider.start();
    const origin = new OpenAiOrigin({ baseUrl, apiKey: 'sk-origin', defaultModel: undefined, timeout: PATIENCE });
    region = testRegion({ clock, origin });
    engine = await startEngine({ clock, origin, region });
    key = await engine.keyFor('smith');
  });
  afterEach(async () => {
    await engine.close();
    provider.stop();
  });

  /** What a provider does wrong, and the status that the caller gets for it. */
  const failures: Record<string, [TestProvider['answer'], number]> = {
    'fails with 500': [(_request, response) => json(response, { error: { message: 'x' } }, 500), 502],
    'fails with 503': [(_request, response) => json(response, { error: { message: 'x' } }, 503), 502],
    'is over quota': [
      (_request, response) => json(response, { error: { message: 'x' } }, 429, { 'retry-after': '7' }),
      429,
    ],
    'sends a page with 200': [(_request, response) => html(response, 200), 502],
    'sends a page with 502': [(_request, response) => html(response, 502), 502],
    'breaks off in the middle': [
      (_request, response) => cut(response, 'application/json', '{"id":"chatcmpl-1","obj'),
      502,
    ],
    'sends an error with 200': [(_request, response) => json(response, { error: { message: 'over capacity' } }), 502],
    'sends no choice': [(_request, response) => json(response, { ...completion('x'), choices: [] }), 502],
    'is too slow': [() => {}, 504],
  };
  for (const [what, [answer, status]] of Object.entries(failures)) {
    it(`is never cached when it ${what}, and asked again by the next caller`, async () => {
      provider.answer = answer;
      assert.equal((await ask()).status, status);
      await nothingStored();
      provider.answer = good;
      assert.deepEqual([(await ask()).source, (await ask()).source], ['miss', 'hot']);
    });

    it(`is replaced by the stale answer, marked, when it ${what}`, async () => {
      await ask();
      clock.pass(TIME_TO_LIVE * 2);
      provider.answer = answer;
      const { status: given, stale, text } = await ask();
      assert.deepEqual([given, stale], [200, 'origin-failed']);
      assert.match(text, /21:20/);
      clock.pass(TIME_TO_LIVE * 2);
      assert.equal((await ask()).status, status);
    });
  }

  it('is not cached when a stream breaks off, and its callers are told within the stream', async () => {
    provider.answer = (_request, response) => {
      eventStream(response)(delta('At'));
      setTimeout(() => response.destroy(), 20);
    };
    const { status, text } = await ask(true);
    assert.equal(status, 200);
    assert.match(text, /At/);
    assert.match(text, /"error"/);
    assert.ok(!text.includes('[DONE]'));
    await nothingStored();
    provider.answer = good;
    assert.equal((await ask()).source, 'miss');
  });

  it('is not cached when a stream ends without an end', async () => {
    provider.answer = (_request, response) => {
      eventStream(response)(delta('At'));
      response.end();
    };
    assert.match((await ask(true)).text, /"error"/);
    await nothingStored();
  });

  it('is not asked for what may be given while it fails, and the mark ends when it is back', async () => {
    await ask();
    clock.pass(TIME_TO_LIVE * 2);
    provider.answer = (_request, response) => json(response, {}, 500);
    assert.equal((await ask()).stale, 'origin-failed');
    provider.answer = good;
    assert.deepEqual([(await ask()).stale, (await ask()).stale], [null, null]);
  });
});
