import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { startEngine, type TestEngine } from '../support/engine.ts';

interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly code: string;
    readonly param: string | null;
  };
}

const query = { vendorId: 'smith', vendorType: 'dj', weddingId: 'w', weddingDate: '2026-06-14', question: 'When?' };
const chat = { model: 'm', messages: [{ role: 'user', content: 'x' }] };

describe('requests that are not right', () => {
  let engine: TestEngine;
  let key: string;
  before(async () => {
    engine = await startEngine();
    key = await engine.keyFor('smith');
  });
  after(() => engine.close());

  /** Sends a request, checks that a problem comes back in due form, and that the engine still serves. */
  async function problem(method: string, path: string, body?: unknown, token = key): Promise<ProblemBody> {
    const response = await engine.call(method, path, body, token);
    const given = (await response.json()) as ProblemBody;
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(given.status, response.status);
    assert.equal(given.error.message, given.detail);
    assert.match(given.type, /^urn:wedsync:problem:/);
    assert.equal((await fetch(`${engine.url}/healthz`)).status, 200);
    return given;
  }

  const fields: readonly [what: string, path: string, body: object, pointer: string, allowed: RegExp][] = [
    [
      'an unknown vendor type',
      '/v1/queries',
      { ...query, vendorType: 'wizard' },
      '#/vendorType',
      /one of photographer, .*other/,
    ],
    ['a British date', '/v1/queries', { ...query, weddingDate: '14/06/2026' }, '#/weddingDate', /YYYY-MM-DD/],
    ['a wedding in 1026', '/v1/queries', { ...query, weddingDate: '1026-06-14' }, '#/weddingDate', /from 2000 to 2099/],
    [
      'a day that no calendar has',
      '/v1/queries',
      { ...query, weddingDate: '2026-02-30' },
      '#/weddingDate',
      /in the calendar/,
    ],
    ['a control character in an id', '/v1/queries', { ...query, weddingId: 'w\u00001' }, '#/weddingId', /printable/],
    ['a direction mark in an id', '/v1/queries', { ...query, weddingId: 'w\u202E1' }, '#/weddingId', /printable/],
    ['an id of 129 characters', '/v1/queries', { ...query, weddingId: 'w'.repeat(129) }, '#/weddingId', /1 to 128/],
    ['an empty question', '/v1/queries', { ...query, question: '' }, '#/question', /1 to 32000/],
    ['a question of blanks', '/v1/queries', { ...query, question: ' \n ' }, '#/question', /a text/],
    ['a number for a text', '/v1/queries', { ...query, question: 7 }, '#/question', /a text/],
    ['an object for an id', '/v1/queries', { ...query, weddingId: { $ne: 1 } }, '#/weddingId', /printable/],
    ['a missing field', '/v1/queries', { ...query, question: undefined }, '#/question', /a text/],
    ['a field that is not known', '/v1/queries', { ...query, colour: 'red' }, '#/colour', /./],
    ['a chat without messages', '/v1/chat/completions', { model: 'm' }, '#/messages', /at least one message/],
    [
      'a chat with no message in it',
      '/v1/chat/completions',
      { ...chat, messages: [] },
      '#/messages',
      /at least one message/,
    ],
    [
      'a message that is none',
      '/v1/chat/completions',
      { ...chat, messages: ['hello'] },
      '#/messages/0',
      /a message object/,
    ],
    ['a model that is a number', '/v1/chat/completions', { ...chat, model: 4 }, '#/model', /the name of a model/],
    [
      'a British date in metadata',
      '/v1/chat/completions',
      { ...chat, metadata: { weddingDate: '14/06/2026' } },
      '#/metadata/weddingDate',
      /YYYY-MM-DD/,
    ],
    [
      'a wrong type in metadata',
      '/v1/chat/completions',
      { ...chat, metadata: { weddingId: 7 } },
      '#/metadata/weddingId',
      /printable/,
    ],
    [
      'a metadata of another kind',
      '/v1/chat/completions',
      { ...chat, metadata: 'w1' },
      '#/metadata',
      /an object of strings/,
    ],
  ];
  for (const [what, path, body, pointer, allowed] of fields) {
    it(`name the field and what is allowed: ${what}`, async () => {
      const { status, errors, error } = await problem('POST', path, body);
      assert.equal(status, 400);
      const [first] = errors ?? [];
      assert.equal(first?.pointer, pointer);
      assert.match(first?.detail ?? '', allowed);
      assert.equal(error.param, pointer.slice(2).replaceAll('/', '.'));
      assert.equal(error.type, 'invalid_request_error');
    });
  }

  it('name every wrong field at once', async () => {
    const { errors } = await problem('POST', '/v1/queries', {
      vendorId: 'smith',
      vendorType: 'x',
      weddingDate: 'y',
      weddingId: 'w',
      question: 'q',
    });
    assert.deepEqual(
      errors?.map(({ pointer }) => pointer),
      ['#/vendorType', '#/weddingDate'],
    );
  });

  it('are refused when they name another vendor', async () => {
    const { status, errors } = await problem('POST', '/v1/queries', { ...query, vendorId: 'jones' });
    assert.equal(status, 403);
    assert.equal(errors?.[0]?.pointer, '#/vendorId');
  });

  for (const [what, body] of Object.entries({
    'cut JSON': '{"model":"m","mess',
    'no JSON at all': 'hello',
    'an empty body': '',
  })) {
    it(`are 400 with ${what}`, async () => {
      assert.equal((await problem('POST', '/v1/chat/completions', body)).status, 400);
    });
  }

  for (const body of ['null', '[]', '7', '"text"']) {
    it(`are 400 when the body is ${body}`, async () => {
      assert.equal((await problem('POST', '/v1/queries', body)).status, 400);
    });
  }

  it('are 400 when they reach for the prototype', async () => {
    assert.equal((await problem('POST', '/v1/queries', '{"__proto__":{"vendorId":"smith"}}')).status, 400);
  });

  it('are 413 when the body is 10 MB', async () => {
    assert.equal(
      (await problem('POST', '/v1/queries', JSON.stringify({ ...query, question: 'x'.repeat(10_000_000) }))).status,
      413,
    );
  });

  it('are 415 when they are not JSON', async () => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/xml' };
    const response = await fetch(`${engine.url}/v1/queries`, { method: 'POST', headers, body: '<q/>' });
    assert.equal(response.status, 415);
  });

  for (const path of [
    '/',
    '/v1',
    '/v1/chat',
    '/v1/../v1/admin',
    '/v1/queries/',
    '//v1/queries',
    '/v1/%2e%2e/admin',
    '/docs/static/%2e%2e/%2e%2e/package.json',
  ]) {
    it(`are 404 at ${path}`, async () => {
      assert.equal((await problem('GET', path)).status, 404);
    });
  }

  it('are 405 with a method that the path does not have, and say which it has', async () => {
    const response = await engine.call('PUT', '/v1/queries', {}, key);
    assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST']);
    assert.equal((await problem('PATCH', '/v1/admin/keys/key_1', {})).status, 405);
  });

  for (const [what, token] of Object.entries({
    'no key': '',
    'a strange key': 'sk-123',
    'an unknown key': 'wsk_123',
    'the administration token': 'the-administration-token',
  })) {
    it(`are 401 with ${what}, before their body is looked at`, async () => {
      const response = await engine.call('POST', '/v1/queries', '{"cut', token);
      assert.deepEqual([response.status, response.headers.get('www-authenticate')], [401, 'Bearer']);
    });
  }

  it('are 431 with 10,000 headers and 400 when they are not HTTP, and the next one is served', async () => {
    const headers = Array.from({ length: 10_000 }, (_, index) => `x-${index}: 1\r\n`).join('');
    assert.match(
      await raw(`GET /healthz HTTP/1.1\r\nhost: x\r\n${headers}\r\n`),
      /^HTTP\/1\.1 431 [^]*application\/problem\+json/,
    );
    assert.match(await raw('\u0000\u0001 nonsense\r\n\r\n'), /^HTTP\/1\.1 400 [^]*application\/problem\+json/);
    assert.equal((await fetch(`${engine.url}/healthz`)).status, 200);
  });

  it('count as errors by route and class', async () => {
    const line = 'wedsync_cache_errors_total{route="queries",status="4xx",service="cache-engine"}';
    const before = await engine.metric(line);
    await problem('POST', '/v1/queries', {});
    assert.equal(await engine.metric(line), before + 1);
  });

  async function raw(bytes: string): Promise<string> {
    const socket = connect(Number(new URL(engine.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => {});
    socket.write(bytes);
    return text(socket);
  }
});
