import assert from 'node:assert/strict';
import { TestClock, TestOrigin } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { completion } from '../support/questions.ts';
import { expectStatus, queryOf, sourceOf, type ProblemBody } from './api.ts';

interface Explained {
  readonly outcome: string;
  readonly bypass: string | null;
  readonly key: string;
  readonly canonicalText: string | null;
  readonly sharing: { readonly shareable: boolean; readonly reason: string | null };
  readonly hot: {
    readonly state: string;
    readonly lifetime?: { readonly bornAt: string; readonly freshUntil: string };
  };
  readonly warm: { readonly state: string };
}

describe('explanations over HTTP', () => {
  const clock = new TestClock('2026-05-01T10:00:00Z');
  const origin = new TestOrigin(async () => completion('At 21:20.'));
  let engine: TestEngine;
  let key: string;
  beforeEach(async () => {
    engine = await startEngine({ clock, origin });
    key = await engine.keyFor('smith');
    origin.calls = 0;
  });
  afterEach(() => engine.close());

  const explain = (body: object) => expectStatus<Explained>(engine, 200, 'POST', '/v1/explanations', body, key);
  const query = queryOf('smith', 'When is sunset?');

  it('of a question that was never asked is a miss, and asks nobody', async () => {
    const explained = await explain({ query });
    assert.deepEqual(
      [explained.outcome, explained.hot, explained.warm],
      ['miss', { state: 'absent' }, { state: 'absent' }],
    );
    assert.deepEqual([origin.calls, explained.sharing.shareable], [0, false]);
    assert.equal(typeof explained.sharing.reason, 'string');
  });

  it('of a question that was asked is a hit in both tiers, with its lifetime in ISO 8601; later a stale one', async () => {
    await sourceOf(engine, key, query);
    const explained = await explain({ query });
    assert.deepEqual([explained.outcome, explained.hot.state, explained.warm.state], ['hit', 'answer', 'answer']);
    const { bornAt, freshUntil = '' } = explained.hot.lifetime ?? {};
    assert.equal(bornAt, new Date(clock.now()).toISOString());
    clock.pass((Date.parse(freshUntil) - clock.now()) / 1000 + 1);
    assert.equal((await explain({ query })).outcome, 'stale-hit');
  });

  it('is told to the administration too, of any vendor’s query, and to no vendor by that way', async () => {
    await sourceOf(engine, key, query);
    const asAdministration = (token?: string) => engine.call('POST', '/v1/admin/explanations', { query }, token);
    assert.deepEqual(await (await asAdministration()).json(), await explain({ query }));
    assert.equal((await asAdministration(key)).status, 401);
  });

  it('of a chat tells the same key as of the query that is kept with it', async () => {
    const { vendorType, weddingId, weddingDate, question } = query;
    const metadata = { vendorType, weddingId, weddingDate };
    const chat = { model: 'a-model', messages: [{ role: 'user', content: question }], metadata };
    await expectStatus(engine, 200, 'POST', '/v1/chat/completions', chat, key);
    assert.equal((await explain({ chat })).outcome, 'hit');
    assert.equal((await explain({ chat: { ...chat, stream: true } })).outcome, 'hit');
    assert.equal((await explain({ chat: { ...chat, temperature: 0.5 } })).outcome, 'miss');
  });

  it('of a chat that goes past the cache names the member for which it does', async () => {
    const chat = { model: 'm', messages: [{ role: 'user', content: 'x' }], tools: [] };
    const { outcome, bypass, key: none } = await explain({ chat });
    assert.deepEqual([outcome, bypass, none], ['bypass', 'tools', null]);
  });

  const wrong: readonly [body: object, status: number, pointer: string, detail: RegExp][] = [
    [{}, 400, '#/query', /a JSON object with vendorId/],
    [{ query, chat: { model: 'm', messages: [{}] } }, 400, '#/chat', /not allowed here/],
    [{ query: { ...query, weddingDate: '1026-06-14' } }, 400, '#/query/weddingDate', /from 2000 to 2099/],
    [{ query: { ...query, vendorId: 'jones' } }, 403, '#/vendorId', /another vendor/],
    [{ chat: { model: 'm' } }, 400, '#/chat/messages', /at least one message/],
  ];
  for (const [body, status, pointer, detail] of wrong) {
    it(`are ${status} with the field named: ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const { errors } = await expectStatus<ProblemBody>(engine, status, 'POST', '/v1/explanations', body, key);
      const named = errors?.find((error) => error.pointer === pointer);
      assert.match(named?.detail ?? `only ${JSON.stringify(errors)}`, detail);
    });
  }
});

describe('only-if-cached', () => {
  it('is 504 without a cached answer, as RFC 9111 has it, and asks nobody', async () => {
    const origin = new TestOrigin(async () => completion('x'));
    const engine = await startEngine({ origin });
    const key = await engine.keyFor('smith');
    const response = await fetch(`${engine.url}/v1/queries`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'cache-control': 'only-if-cached',
      },
      body: JSON.stringify(queryOf('smith', 'When?')),
    });
    const { type, detail } = (await response.json()) as ProblemBody;
    assert.deepEqual([response.status, type, origin.calls], [504, 'urn:wedsync:problem:not-cached', 0]);
    assert.match(detail, /no cached answer/);
    await engine.close();
  });
});
