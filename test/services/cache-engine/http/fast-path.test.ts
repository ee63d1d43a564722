import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { HEADERS, METRICS } from '../../../../services/cache-engine/src/contract.ts';
import { deferred, TestClock, TestOrigin } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { completion } from '../support/questions.ts';

const PATH = '/v1/chat/completions';
const chat = (content: string, more: object = {}) =>
  JSON.stringify({ model: 'a-model', messages: [{ role: 'user', content }], ...more });
const SUNSET = chat('When is sunset?');

interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('the fast path', () => {
  let engine: TestEngine;
  let origin: TestOrigin;
  let clock: TestClock;
  let key: string;
  /** How often the framework has looked at who asks: the fast path does not. */
  let identified: number;

  /** Sends a request as its bytes are given. */
  async function send(
    body: string | readonly string[],
    headers: OutgoingHttpHeaders = {},
    { apiKey = key, path = PATH } = {},
  ): Promise<Answered> {
    const whole = typeof body === 'string';
    const request = httpRequest(engine.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${apiKey}`,
        ...(whole ? { 'content-length': Buffer.byteLength(body) } : {}),
        ...headers,
      },
    });
    for (const part of whole ? [body] : body) request.write(part);
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }
  const sourceOf = ({ headers }: Answered) => headers[HEADERS.source];
  const refused = async (body: string, headers: OutgoingHttpHeaders = {}) => (await send(body, headers)).status;

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async ({ messages }) => completion(`On: ${String(messages.at(-1)?.text)}`));
    engine = await startEngine({ clock, origin });
    key = await engine.keyFor('smith');
    identified = 0;
    const { directory } = engine.engine.services;
    const identify = directory.identify.bind(directory);
    directory.identify = (apiKey) => (identified++, identify(apiKey));
  });
  afterEach(() => engine.close());

  it('answers the same bytes from the tiers, as the framework would, without it', async () => {
    const first = await send(SUNSET);
    assert.deepEqual([first.status, sourceOf(first), identified], [200, 'miss', 1]);
    clock.pass(7);
    const second = await send(SUNSET);
    const third = await send([SUNSET]);
    assert.deepEqual([sourceOf(second), second.headers[HEADERS.age], identified], ['hot', '7', 2]);
    assert.equal(second.body, first.body);
    const undated = ({ headers, body }: Answered) => [{ ...headers, date: '' }, body];
    assert.deepEqual(undated(second), undated(third));
  });

  it('answers the same bytes on an open connection without having them parsed, and asks what an answer depends on each time', async () => {
    let parsed = 0;
    engine.app.server.on('request', () => parsed++);
    for (let i = 0; i < 2; i++) await send(SUNSET);
    const before = await send(SUNSET);
    clock.pass(3);
    const past = await send(SUNSET);
    assert.deepEqual([parsed, identified], [2, 1]);
    assert.deepEqual([past.headers[HEADERS.age], past.headers.date], ['3', new Date(clock.now()).toUTCString()]);
    const lasting = ({ status, headers, body }: Answered) => [
      ...[status, body, Object.keys(headers).sort(), headers['keep-alive'], headers.connection],
      headers['content-type'],
    ];
    assert.deepEqual(lasting(past), lasting(before));
    await engine.call('POST', '/v1/invalidations', { by: 'vendor' }, key);
    assert.equal(sourceOf(await send(SUNSET)), 'miss');
    assert.equal(sourceOf(await send(SUNSET)), 'hot');
    clock.pass(60);
    const { keys } = (await (await engine.call('GET', '/v1/admin/keys')).json()) as { keys: { keyId: string }[] };
    await engine.call('DELETE', `/v1/admin/keys/${keys[0]?.keyId}`);
    assert.equal((await send(SUNSET)).status, 401);
  });

  it('counts what it answers like anything else', async () => {
    for (let i = 0; i < 3; i++) await send(SUNSET);
    assert.equal(await engine.metric(`${METRICS.answers}{source="hot",route="chat",service="cache-engine"}`), 2);
  });

  it('answers queries too', async () => {
    const facts = {
      vendorId: 'smith',
      vendorType: 'photographer',
      weddingId: 'w1',
      weddingDate: '2026-05-09',
      location: 'Leeds',
    };
    const query = JSON.stringify({ ...facts, question: 'When is sunset?', model: 'a-model' });
    await send(query, {}, { path: '/v1/queries' });
    const { body } = await send(query, {}, { path: '/v1/queries' });
    const { source, match, answer } = JSON.parse(body) as Record<string, unknown>;
    assert.deepEqual([source, match, answer, identified], ['hot', 'exact', 'On: When is sunset?', 1]);
  });

  it('takes one path’s request for no other’s', async () => {
    await send(SUNSET);
    assert.equal((await send(SUNSET, {}, { path: '/v1/queries' })).status, 400);
  });

  it('never gives one vendor’s answer to another, whatever they send', async () => {
    const jones = await engine.keyFor('jones');
    await send(SUNSET);
    await send(SUNSET);
    assert.equal(sourceOf(await send(SUNSET, {}, { apiKey: jones })), 'miss');
    assert.equal((await send(SUNSET, {}, { apiKey: 'wsk_nobody' })).status, 401);
    assert.equal((await send(SUNSET, { authorization: '' })).status, 401);
    assert.equal((await send(SUNSET, { authorization: `bearer ${key}` })).status, 401);
  });

  it('looks at the wishes of each request', async () => {
    await send(SUNSET);
    await send(SUNSET);
    origin.reply = async () => completion('Another.');
    for (let i = 0; i < 2; i++) assert.equal(sourceOf(await send(SUNSET, { 'cache-control': 'no-cache' })), 'miss');
    assert.equal(origin.calls, 3);
    assert.match((await send(SUNSET)).body, /Another/);
    clock.pass(10);
    for (let i = 0; i < 2; i++) assert.equal(sourceOf(await send(SUNSET, { 'cache-control': 'max-age=10' })), 'hot');
    clock.pass(1);
    assert.equal(sourceOf(await send(SUNSET, { 'cache-control': 'max-age=10' })), 'miss');
  });

  it('takes other bytes, or another kind of them, for another request', async () => {
    await send(SUNSET);
    await send(SUNSET);
    assert.equal(sourceOf(await send(chat('When is sunrise?'))), 'miss');
    assert.equal(await refused(SUNSET, { 'content-type': 'text/plain' }), 415);
    assert.equal(await refused(SUNSET.slice(0, -1)), 400);
    assert.equal(identified, 4);
  });

  it('refuses a revoked key within its minute', async () => {
    await send(SUNSET);
    const { keys } = (await (await engine.call('GET', '/v1/admin/keys')).json()) as { keys: { keyId: string }[] };
    await engine.call('DELETE', `/v1/admin/keys/${keys[0]?.keyId}`);
    clock.pass(59);
    await send(SUNSET);
    clock.pass(1);
    assert.equal((await send(SUNSET)).status, 401);
  });

  it('answers nothing that was invalidated', async () => {
    await send(SUNSET);
    await send(SUNSET);
    await engine.call('POST', '/v1/invalidations', { by: 'vendor' }, key);
    assert.equal(sourceOf(await send(SUNSET)), 'miss');
  });

  it('serves an answer past its time, marked, while it is made anew', async () => {
    await send(SUNSET);
    clock.pass(5143);
    origin.reply = async () => completion('Another.');
    const stale = await send(SUNSET);
    assert.deepEqual([sourceOf(stale), stale.headers[HEADERS.stale]], ['hot', 'revalidating']);
    for (let i = 0; i < 20; i++) await turn();
    assert.match((await send(SUNSET)).body, /Another/);
  });

  it('leaves requests to the framework while the engine drains, which answers and closes', async () => {
    await send(SUNSET);
    engine.readiness.draining();
    const answered = await send(SUNSET);
    assert.deepEqual([answered.status, sourceOf(answered), answered.headers.connection], [200, 'hot', 'close']);
    assert.equal(identified, 2);
  });

  it('closes no connection before the answers that are looked for are sent', async () => {
    const looking = deferred();
    engine.engine.services.fastPath.settled = () => looking.promise;
    const order: string[] = [];
    const closed = engine.close().then(() => order.push('closed'));
    await send(SUNSET);
    order.push('settled');
    looking.resolve();
    await closed;
    assert.deepEqual(order, ['settled', 'closed']);
  });

  const long = chat('?'.repeat(20_000));
  const handedOn: Record<string, () => Promise<Answered>> = {
    'in chunks': () => send([SUNSET.slice(0, 20), SUNSET.slice(20)]),
    'after a leave to continue': () => send(SUNSET, { expect: '100-continue' }),
    'of 20 kilobytes': () => send(long),
    'that is traced': () => send(SUNSET, { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }),
  };
  for (const [what, ask] of Object.entries(handedOn)) {
    it(`leaves a request ${what} to the framework, which answers it from the cache as well`, async () => {
      await ask();
      const { status, headers } = await ask();
      assert.deepEqual([status, headers[HEADERS.source], identified], [200, 'hot', 2]);
    });
  }

  it('answers a request whose caller decided not to trace it', async () => {
    const untraced = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` };
    await send(SUNSET);
    await send(SUNSET, untraced);
    assert.equal(identified, 1);
  });

  it('replays streams, with the usage for who wants it and without for who does not', async () => {
    const plain = chat('When is sunset?', { stream: true });
    const counted = chat('When is sunset?', { stream: true, stream_options: { include_usage: true } });
    for (const body of [plain, counted]) await send(body);
    const seen = identified;
    const [without, with_] = [await send(plain), await send(counted)];
    assert.equal(identified, seen);
    for (const { headers, body } of [without, with_]) {
      assert.equal(headers['content-type'], 'text/event-stream; charset=utf-8');
      assert.equal(headers[HEADERS.source], 'hot');
      assert.match(body, /On: When is sunset\?/);
      assert.ok(body.endsWith('data: [DONE]\n\n'));
    }
    assert.deepEqual([/"total_tokens"/.test(without.body), /"total_tokens"/.test(with_.body)], [false, true]);
  });

  it('tells apart a stream and a whole answer, though one stored answer serves both', async () => {
    await send(SUNSET);
    const stream = await send(chat('When is sunset?', { stream: true }));
    assert.deepEqual([sourceOf(stream), stream.headers['content-type']], ['hot', 'text/event-stream; charset=utf-8']);
    assert.equal((await send(SUNSET)).headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(origin.calls, 1);
  });

  it('is not harmed by callers who hang up in the middle of their request', async () => {
    await send(SUNSET);
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(new URL(engine.url).port), '127.0.0.1');
      await once(socket, 'connect');
      const head = `POST ${PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\n`;
      socket.write(`${head}content-length: ${SUNSET.length}\r\n\r\n${SUNSET.slice(0, i)}`);
      socket.destroy();
      await once(socket, 'close');
    }
    assert.equal(sourceOf(await send(SUNSET)), 'hot');
    assert.equal(await engine.metric(`${METRICS.errors}{route="chat",status="5xx",service="cache-engine"}`), 0);
  });

  it('stops asking the origin when the only caller hangs up', async () => {
    const begun = deferred();
    const stopped = deferred();
    origin.reply = (_question, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => (reject(signal.reason as Error), stopped.resolve()));
        begun.resolve();
      });
    const leaving = new AbortController();
    const gone = fetch(engine.url + PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: SUNSET,
      signal: leaving.signal,
    });
    await begun.promise;
    leaving.abort();
    await assert.rejects(gone);
    await stopped.promise;
    origin.reply = async () => completion('At 21:20.');
    assert.equal(sourceOf(await send(SUNSET)), 'miss');
  });

  it('keeps requests apart that come over one connection one after the other', async () => {
    const bodies = Array.from({ length: 30 }, (_, at) => chat(`Which table is number ${at}?`));
    for (const body of bodies) await send(body);
    const frame = (body: string, last: boolean) =>
      `POST ${PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\n` +
      `content-length: ${body.length}\r\n${last ? 'connection: close\r\n' : ''}\r\n${body}`;
    const socket = connect(Number(new URL(engine.url).port), '127.0.0.1');
    socket.write(bodies.map((body, at) => frame(body, at === bodies.length - 1)).join(''));
    const received = await text(socket);
    const numbers = [...received.matchAll(/On: Which table is number (\d+)\?/g)].map(([, number]) => Number(number));
    assert.deepEqual(
      numbers,
      bodies.map((_, at) => at),
    );
  });
});
