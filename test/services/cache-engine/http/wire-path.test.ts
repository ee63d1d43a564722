import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { duplexPair, type Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { WirePath } from '../../../../services/cache-engine/src/http/wire-path.ts';
import { fc } from '../../../support/property.ts';

const NOW = Date.parse('2026-06-13T10:00:00Z');

/** How long the wire path looks for an answer: whether it has one at once, in the end, or has none in the end. */
type Look = 'at once' | 'later' | 'in vain';

/** A server that answers with what it was asked, through node or past it. */
class Echo {
  /** Requests that node has parsed, and those that were answered without it. */
  parsed = 0;
  past = 0;
  readonly server: Server;
  /** Tells of each look for an answer. */
  readonly looks = new EventEmitter();
  readonly path: WirePath<string>;

  constructor(looks: readonly Look[] = ['at once']) {
    let looked = 0;
    this.path = new WirePath<string>({
      now: () => NOW,
      again: (body, respond) => {
        const look = looks[looked++ % looks.length];
        this.looks.emit('look');
        const answer = () => {
          this.past++;
          respond({ headers: ['content-length', String(body.length), 'x-kind', 'echo'], body });
          return true;
        };
        return look === 'at once' ? answer() : turn().then(() => look === 'later' && answer());
      },
    });
    this.server = createServer((request, response) => void this.#answer(request, response));
    this.path.stand(this.server);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.parsed++;
    this.path.begun(request, response);
    if (request.url === '/early') return void response.writeHead(413, { 'content-length': 0 }).end();
    const body = echo(request, await text(request));
    this.path.learn(request, body);
    response.setHeader('date', new Date(NOW).toUTCString());
    response.writeHead(200, ['content-length', String(body.length), 'x-kind', 'echo']);
    response.end(body, 'latin1');
  }

  /** A connection to it; each write arrives as it is. */
  connect(): Duplex {
    const [near, far] = duplexPair();
    this.server.emit('connection', far);
    return near;
  }

  /** All that is answered to bytes that come one after the other. */
  async answers(chunks: readonly string[]): Promise<string> {
    const near = this.connect();
    let answered = '';
    near.on('data', (chunk: Buffer) => (answered += chunk.toString('latin1')));
    for (const chunk of chunks) {
      near.write(chunk, 'latin1');
      for (let i = 0; i < 20; i++) await turn();
    }
    near.destroy();
    return answered;
  }
}

const echo = ({ method, url }: Pick<IncomingMessage, 'method' | 'url'>, body: string) => `${method} ${url} [${body}]`;
const post = (url: string, body: string, headers = '') =>
  `POST ${url} HTTP/1.1\r\nHost: x\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
const inChunks = (url: string, body: string) =>
  `POST ${url} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n` +
  `${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n`;
const bodiesIn = (answers: string) =>
  [...answers.matchAll(/\r\n\r\n(\w+ \S+ \[.*?\])(?=HTTP|$)/gs)].map(([, body]) => body);

describe('the wire path', () => {
  let at: Echo;
  beforeEach(() => {
    at = new Echo();
  });

  const ONE = post('/a', 'one');

  it('answers bytes that node read before, without it, with the same bytes', async () => {
    const answers = await at.answers([ONE, ONE, ONE]);
    assert.deepEqual([at.parsed, at.past], [1, 2]);
    const each = answers.split(/(?=HTTP)/);
    assert.equal(each.length, 3);
    assert.deepEqual(sorted(each[1]), sorted(each[0]));
    assert.equal(each[2], each[1]);
  });

  it('has node read the first request of each connection', async () => {
    await at.answers([ONE, ONE]);
    await at.answers([ONE, ONE]);
    assert.deepEqual([at.parsed, at.past], [2, 2]);
  });

  const read: Record<string, readonly string[]> = {
    'that differs in a header': [ONE, post('/a', 'one', 'X-Number: 2\r\n'), post('/a', 'one', 'X-Number: 3\r\n')],
    'in two pieces': [ONE, ONE.slice(0, 10), ONE.slice(10), ONE.slice(0, -1), ONE.slice(-1)],
    'in chunks': [inChunks('/a', 'one'), inChunks('/a', 'one')],
    'that comes with another': [ONE, ONE + ONE],
    'after one whose bounds were not known': [inChunks('/a', 'one'), ONE, ONE],
    'that ends the connection': [
      post('/a', 'one', 'Connection: close\r\n'),
      post('/a', 'one', 'Connection: close\r\n'),
    ],
  };
  for (const [what, chunks] of Object.entries(read))
    it(`leaves a request ${what} to node`, async () => {
      const answers = await at.answers(chunks);
      assert.equal(at.past, 0);
      assert.ok(bodiesIn(answers).every((body) => body === 'POST /a [one]'));
      assert.ok(at.parsed > 0);
    });

  it('finds the beginning of a request again after one that came in pieces', async () => {
    const answers = await at.answers([ONE, ONE.slice(0, -2), ONE.slice(-2), ONE]);
    assert.deepEqual([at.parsed, at.past, bodiesIn(answers).length], [2, 1, 3]);
  });

  it('takes no bytes within a body for a request, though they are one', async () => {
    const answers = await at.answers([ONE, post('/b', ONE).slice(0, -ONE.length), ONE, ONE]);
    assert.deepEqual(bodiesIn(answers).slice(0, 2), ['POST /a [one]', echo({ method: 'POST', url: '/b' }, ONE)]);
    assert.deepEqual([at.parsed, at.past], [2, 1]);
  });

  it('leaves a request to node that ends the connection, though it came on another one before', async () => {
    const last = post('/a', 'one', 'Connection: close\r\n');
    await at.answers([last]);
    const answers = await at.answers([post('/b', 'two'), last]);
    assert.deepEqual([at.parsed, at.past], [3, 0]);
    assert.match(answers, /connection: close\r\n/i);
  });

  it('never takes the bytes of a request that node refused for those of the next one', async () => {
    const refused = post('/a', 'two', 'Expect: a miracle\r\n');
    const answers = await at.answers([ONE, refused, ONE, refused, refused]);
    assert.equal(answers.match(/HTTP\/1.1 417 /g)?.length, 3);
    assert.deepEqual(bodiesIn(answers), ['POST /a [one]', 'POST /a [one]']);
  });

  for (const lines of ['\r\n\r\n', '\n\r\n\r\n'])
    it(`takes no bytes within a body for a request after ${JSON.stringify(lines)}, where the answer comes before the body`, async () => {
      const [body, head] = [ONE.padEnd(100, '?'), 'POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 110\r\n'];
      // With the empty lines taken for the end of its head, the request would end where the last 100 bytes of its body begin.
      const early = `${lines}${head}X: ${'x'.repeat(body.length - head.length - 7)}\r\n\r\n`;
      await at.answers([ONE, ONE]);
      const answers = await at.answers([early, '?'.repeat(10), ONE, body.slice(ONE.length), ONE]);
      assert.equal(answers.split('HTTP/1.1 413 ').length, 2);
      assert.deepEqual([at.past, bodiesIn(answers)], [1, ['POST /a [one]']]);
    });

  it('waits until a request before is answered', async () => {
    const late = new Echo();
    const near = late.connect();
    near.resume();
    near.write(ONE);
    near.write(ONE);
    for (let i = 0; i < 40; i++) await turn();
    near.destroy();
    assert.deepEqual([late.parsed, late.past], [2, 0]);
  });

  it('looks for an answer below while the connection waits, and has node read the request when there is none', async () => {
    const late = new Echo(['later', 'in vain']);
    const answers = await late.answers([ONE, ONE, ONE, ONE]);
    assert.deepEqual([late.parsed, late.past, bodiesIn(answers).length], [2, 2, 4]);
  });

  it('keeps what comes while it looks, in order', async () => {
    for (const look of ['later', 'in vain'] as const) {
      const late = new Echo([look]);
      const near = late.connect();
      let answered = '';
      near.on('data', (chunk: Buffer) => (answered += chunk.toString('latin1')));
      near.write(ONE);
      for (let i = 0; i < 20; i++) await turn();
      for (const chunk of [ONE, post('/b', 'two').slice(0, 30), post('/b', 'two').slice(30), ONE]) near.write(chunk);
      for (let i = 0; i < 40; i++) await turn();
      near.destroy();
      assert.deepEqual(bodiesIn(answered), ['POST /a [one]', 'POST /a [one]', 'POST /b [two]', 'POST /a [one]']);
    }
  });

  it('is settled when every answer that is looked for is sent', async () => {
    const late = new Echo(['later']);
    const near = late.connect();
    let answered = '';
    near.on('data', (chunk: Buffer) => (answered += chunk.toString('latin1')));
    near.write(ONE);
    for (let i = 0; i < 20; i++) await turn();
    const looked = once(late.looks, 'look');
    near.write(ONE);
    near.write(ONE);
    await looked;
    assert.equal(bodiesIn(answered).length, 1);
    await late.path.settled();
    await turn();
    assert.deepEqual([late.past, bodiesIn(answered).length], [2, 3]);
    near.destroy();
  });

  it('answers nobody who left while it looked', async () => {
    const late = new Echo(['later']);
    const near = late.connect();
    near.resume();
    near.write(ONE);
    for (let i = 0; i < 20; i++) await turn();
    near.write(ONE);
    near.destroy();
    for (let i = 0; i < 20; i++) await turn();
    await late.answers([ONE, ONE]);
    assert.ok(late.parsed >= 2);
  });

  it('answers any requests, however their bytes are cut, in order and each with its own', async () => {
    const message = fc.record({
      url: fc.constantFrom('/a', '/b'),
      body: fc.constantFrom('', 'one', ONE),
      chunked: fc.constantFrom(false, false, false, true),
      /** Where its bytes are cut in two, and whether they come together with those before. */
      cut: fc.option(fc.nat(120), { freq: 3 }),
      joined: fc.boolean(),
    });
    const looks = fc.array(fc.constantFrom<Look>('at once', 'later', 'in vain'), { minLength: 1, maxLength: 4 });
    let past = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 8 }), looks, async (messages, looks) => {
        const chunks: string[] = [];
        for (const { url, body, chunked, cut, joined } of messages) {
          const bytes = chunked ? inChunks(url, body) : post(url, body);
          const parts = cut === null ? [bytes] : [bytes.slice(0, cut), bytes.slice(cut)];
          if (joined && cut !== null) parts[0] = (chunks.pop() ?? '') + parts[0];
          chunks.push(...parts.filter((part) => part !== ''));
        }
        const server = new Echo(looks);
        const answers = await server.answers(chunks);
        past += server.past;
        const wanted = messages.map(({ url, body }) => echo({ method: 'POST', url }, body));
        assert.deepEqual(bodiesIn(answers), wanted);
      }),
    );
    assert.ok(past > 0);
  });
});

/** The lines of a response, whatever their order and the case of names. */
function sorted(response: string | undefined): string[] {
  return (response ?? '').toLowerCase().split('\r\n').sort();
}
