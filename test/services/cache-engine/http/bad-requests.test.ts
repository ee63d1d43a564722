import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fc } from '../../../support/property.ts';
import { ADMIN_TOKEN, startEngine, type TestEngine } from '../support/engine.ts';
import { queryOf, type ProblemBody } from './api.ts';

/** Every route that takes a body, with one that is right. */
const BODIES: readonly [method: string, path: string, body: object, admin?: 'admin'][] = [
  ['POST', '/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: 'x' }] }],
  ['POST', '/v1/queries', queryOf('smith', 'When?')],
  ['POST', '/v1/embeddings', { model: 'm', input: 'x' }],
  ['POST', '/v1/invalidations', { by: 'tag', tag: 'x' }],
  ['POST', '/v1/weddings/w1:reschedule', { date: '2026-09-05' }],
  ['POST', '/v1/explanations', { query: queryOf('smith', 'When?') }],
  ['POST', '/v1/admin/invalidations', { by: 'tag', tag: 'x', vendorId: 'smith' }, 'admin'],
  ['POST', '/v1/admin/keys', { vendorId: 'smith' }, 'admin'],
  ['PATCH', '/v1/admin/configuration', { semantic: true }, 'admin'],
];

/** Every other route that asks who calls. */
const READS: readonly [method: string, path: string, admin?: 'admin'][] = [
  ['GET', '/v1/models'],
  ['GET', '/v1/entries'],
  ['GET', '/v1/aliases'],
  ['DELETE', `/v1/aliases/${'a'.repeat(22)}:${'b'.repeat(43)}?frame=${'c'.repeat(22)}`],
  ['GET', '/v1/statistics'],
  ['GET', '/v1/admin/statistics?vendorId=smith', 'admin'],
  ['GET', '/v1/admin/entries?vendorId=smith', 'admin'],
  ['GET', '/v1/admin/export?vendorId=smith', 'admin'],
  ['POST', '/v1/admin/import?vendorId=smith', 'admin'],
  ['GET', '/v1/admin/configuration', 'admin'],
  ['GET', '/v1/admin/keys', 'admin'],
  ['DELETE', '/v1/admin/keys/key_1', 'admin'],
];

describe('bad requests to every route', () => {
  let engine: TestEngine;
  let key: string;
  before(async () => {
    engine = await startEngine();
    key = await engine.keyFor('smith');
  });
  after(() => engine.close());

  /** Sends a body as it stands, checks that a problem comes back in due form with this status, and that the engine still serves. */
  async function refused(
    status: number,
    [method, path, admin]: readonly [string, string, ('admin' | undefined)?],
    body: string | Buffer,
    type = 'application/json',
  ): Promise<ProblemBody> {
    const authorization = `Bearer ${admin === undefined ? key : ADMIN_TOKEN}`;
    const headers = { authorization, 'content-type': type };
    const signal = AbortSignal.timeout(5000);
    const response = await fetch(engine.url + path, { method, headers, body, signal });
    const given = (await response.json()) as ProblemBody;
    assert.equal(response.status, status, JSON.stringify(given));
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.match(given.type, /^urn:wedsync:problem:/);
    assert.equal((await fetch(`${engine.url}/healthz`)).status, 200);
    return given;
  }

  for (const [method, path, right, admin] of BODIES) {
    const route = [method, path, admin] as const;
    const json = JSON.stringify(right);

    it(`are problems at ${path}: cut JSON wherever it is cut, other types, 10 MB, foreign media types`, async () => {
      for (const end of [1, Math.floor(json.length / 2), json.length - 1])
        await refused(400, route, json.slice(0, end));
      for (const body of ['null', '[]', '7', 'true', '"text"', `[${json}]`, '{"__proto__":{}}{', '\u0000', '{"a":NaN}'])
        await refused(400, route, body);
      await refused(400, route, Buffer.from([0xff, 0xfe, 0x7b, 0x00]));
      await refused(413, route, JSON.stringify({ ...right, filler: 'x'.repeat(10_000_000) }));
      for (const type of [
        'text/plain',
        'text/xml',
        'application/x-ndjson',
        'multipart/form-data; boundary=x',
        'nonsense',
      ])
        await refused(415, route, json, type);
      for (const body of ['{"__proto__":{}}', '{"constructor":{"prototype":{}}}'])
        assert.match((await refused(400, route, body)).detail, /__proto__ or constructor\.prototype/);
    });

    it(`are problems at ${path} with a value of another kind in any member`, async () => {
      for (const name of Object.keys(right)) {
        for (const value of [null, 7, [], {}, '\u0000', '\u202E', 'x'.repeat(40_000), [[[]]]]) {
          const authorization = `Bearer ${admin === undefined ? key : ADMIN_TOKEN}`;
          const headers = { authorization, 'content-type': 'application/json' };
          const body = JSON.stringify({ ...right, [name]: value });
          const response = await fetch(engine.url + path, { method, headers, body });
          assert.ok(response.status < 500, `${name}: ${body.slice(0, 100)} gave ${response.status}`);
          await response.arrayBuffer();
        }
      }
    });
  }

  it('are 400 for deep JSON, and do not end the process', async () => {
    const deep = `{"by":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    await refused(400, ['POST', '/v1/invalidations'], deep);
  });

  for (const [method, path, admin] of [...BODIES.map(([m, p, , a]) => [m, p, a] as const), ...READS]) {
    it(`are 401 at ${method} ${path.split('?')[0]} for whoever has no right there`, async () => {
      for (const token of ['', 'wsk_unknown', admin === undefined ? ADMIN_TOKEN : key, `${'x'.repeat(5000)}`]) {
        const response = await fetch(engine.url + path, { method, headers: { authorization: `Bearer ${token}` } });
        assert.equal(response.status, 401);
        await response.arrayBuffer();
      }
    });
  }

  const dates = [
    '1026-06-14',
    '2026-02-30',
    '2100-01-01',
    '1447-03-01 AH',
    '令和8年6月14日',
    '14/06/2026',
    '२०२६-०६-१४',
    '-2026-06-14',
  ];
  for (const date of dates) {
    it(`name the field of a date that no wedding has: ${date}`, async () => {
      for (const name of ['weddingDate', 'finalNumbersDue', 'balanceDue']) {
        const body = { ...queryOf('smith', 'When?'), [name]: date };
        for (const [path, whole, pointer] of [
          ['/v1/queries', body, `#/${name}`],
          ['/v1/explanations', { query: body }, `#/query/${name}`],
        ] as const) {
          const { errors } = await refused(400, ['POST', path], JSON.stringify(whole));
          assert.equal(errors?.[0]?.pointer, pointer);
          assert.match(errors?.[0]?.detail ?? '', /YYYY-MM-DD, from 2000 to 2099/);
        }
      }
    });
  }

  for (const path of [
    '/v1/entries/',
    '/v1/entries/../admin/keys',
    '/v1/%2e%2e/v1/admin/export',
    '/v1/aliases/',
    '/v1/aliases/a/b',
    '/v1//entries',
    '/V1/entries',
    '/v1/entries;x=1',
    '/v1/admin',
    '/v1/weddings/w1%00:cancel',
  ]) {
    it(`are 404 at ${path}`, async () => {
      const response = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      assert.match(response, /^HTTP\/1\.1 404 [^]*application\/problem\+json/);
    });
  }

  it('are 400 for paths that are no URL', async () => {
    for (const path of ['/v1/%', '/v1/entries%ff', '/v1/weddings/%E0%A4%A:reschedule'])
      assert.match(
        await raw(`POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
        /^HTTP\/1\.1 40[04] [^]*application\/problem\+json/,
      );
  });

  it('are 405 for methods that a path does not have, the newest and strangest ones as well', async () => {
    for (const [path, allowed] of [
      ['/v1/invalidations', 'POST'],
      ['/v1/entries', 'GET, HEAD'],
      ['/v1/admin/configuration', 'GET, HEAD, PATCH'],
    ] as const) {
      for (const method of ['PUT', 'QUERY', 'TRACE', 'PROPFIND', 'OPTIONS']) {
        const response = await raw(`${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
        assert.match(response, /^HTTP\/1\.1 405 /, `${method} ${path}`);
        assert.match(response.toLowerCase(), new RegExp(`\r\nallow: ${allowed.toLowerCase()}\r\n`));
      }
    }
  });

  it('are 431 with 10,000 headers at any route, before anybody is asked who calls', async () => {
    const headers = Array.from({ length: 10_000 }, (_, index) => `x-${index}: 1\r\n`).join('');
    for (const [method, path] of READS)
      assert.match(await raw(`${method} ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`), /^HTTP\/1\.1 431 /);
  });

  it('never end with a 5xx, whatever JSON is sent', async () => {
    const routes = BODIES.filter(([, path]) => path !== '/v1/embeddings');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), fc.json(), async ([method, path, , admin], body) => {
        const authorization = `Bearer ${admin === undefined ? key : ADMIN_TOKEN}`;
        const headers = { authorization, 'content-type': 'application/json' };
        const response = await fetch(engine.url + path, { method, headers, body });
        await response.arrayBuffer();
        assert.ok(response.status < 500);
      }),
    );
  });

  async function raw(bytes: string): Promise<string> {
    const socket = connect(Number(new URL(engine.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => {});
    socket.write(bytes);
    return text(socket);
  }
});
