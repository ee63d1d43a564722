import assert from 'node:assert/strict';
import { MemoryVendorKeys } from '../../../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';

interface Key {
  readonly keyId: string;
  readonly key: string;
  readonly vendorId: string;
}

describe('the administration of API keys', () => {
  let engine: TestEngine;
  let keys: MemoryVendorKeys;
  beforeEach(async () => {
    keys = new MemoryVendorKeys();
    engine = await startEngine({ vendorKeys: keys });
  });
  afterEach(() => engine.close());
  const add = async (body: object) => (await engine.call('POST', '/v1/admin/keys', body)).json() as Promise<Key>;

  it('makes a key that works, shows it once and keeps only its hash', async () => {
    const { key, ...made } = await add({ vendorId: 'smith', vendorType: 'florist', label: 'shop' });
    assert.match(key, /^wsk_[\w-]{43}$/);
    assert.equal((await engine.call('GET', '/v1/models', undefined, key)).status, 200);
    const listed = await (await engine.call('GET', '/v1/admin/keys?vendorId=smith')).text();
    assert.deepEqual(JSON.parse(listed), { keys: [made] });
    assert.ok(!JSON.stringify(await keys.list()).includes(key.slice(4)));
  });

  it('lists one vendor’s keys, or all', async () => {
    for (const vendorId of ['a', 'b', 'a']) await add({ vendorId });
    const vendors = async (path: string) =>
      ((await (await engine.call('GET', path)).json()) as { keys: Key[] }).keys.map(({ vendorId }) => vendorId).sort();
    assert.deepEqual(await vendors('/v1/admin/keys?vendorId=a'), ['a', 'a']);
    assert.deepEqual(await vendors('/v1/admin/keys'), ['a', 'a', 'b']);
  });

  it('revokes a key once', async () => {
    const { keyId } = await add({ vendorId: 'smith' });
    assert.equal((await engine.call('DELETE', `/v1/admin/keys/${keyId}`)).status, 204);
    assert.equal((await engine.call('DELETE', `/v1/admin/keys/${keyId}`)).status, 404);
    assert.deepEqual(await keys.list(), []);
  });

  it('is closed to everyone without the token, vendors too', async () => {
    const { key } = await add({ vendorId: 'smith' });
    for (const token of ['', 'wrong', key, 'the-administration-toke']) {
      for (const [method, path] of [
        ['GET', ''],
        ['POST', ''],
        ['DELETE', '/key_1'],
      ] as const) {
        assert.equal((await engine.call(method, `/v1/admin/keys${path}`, undefined, token)).status, 401);
      }
    }
  });

  it('says so when the store did not confirm', async () => {
    keys.add = () => Promise.reject(new Error('no replica'));
    const response = await engine.call('POST', '/v1/admin/keys', { vendorId: 'smith' });
    assert.equal(response.status, 503);
    assert.match(((await response.json()) as { detail: string }).detail, /did not confirm/);
  });
});

describe('what the engine tells about itself', () => {
  let engine: TestEngine;
  before(async () => {
    engine = await startEngine();
  });
  after(() => engine.close());

  it('is an OpenAPI 3.1 document that holds every route of the API', async () => {
    const document = (await (await fetch(`${engine.url}/docs/json`)).json()) as { openapi: string; paths: object };
    assert.equal(document.openapi, '3.1.0');
    assert.match(JSON.stringify(document.paths), /application\/problem\+json/);
    for (const path of [
      '/v1/chat/completions',
      '/v1/queries',
      '/v1/models',
      '/v1/admin/keys',
      '/v1/admin/keys/{keyId}',
    ]) {
      assert.ok(Object.hasOwn(document.paths, path), path);
    }
  });

  it('is a page with its scripts', async () => {
    assert.match(await (await fetch(`${engine.url}/docs`)).text(), /swagger-ui/);
    const script = await fetch(`${engine.url}/docs/static/swagger-ui-bundle.js`);
    assert.equal(script.status, 200);
    await script.arrayBuffer();
  });

  it('is readiness until it drains, then every answer closes its connection', async () => {
    assert.equal((await fetch(`${engine.url}/readyz`)).status, 200);
    engine.readiness.draining();
    const response = await fetch(`${engine.url}/readyz`);
    assert.deepEqual([response.status, response.headers.get('connection')], [503, 'close']);
    assert.equal((await fetch(`${engine.url}/healthz`)).status, 200);
  });

  it('is metrics with no vendor, wedding or question in them', async () => {
    const key = await engine.keyFor('very-private-vendor');
    const query = {
      vendorId: 'very-private-vendor',
      vendorType: 'dj',
      weddingId: 'secret-wedding',
      weddingDate: '2026-06-14',
      question: 'Who pays?',
    };
    await engine.call('POST', '/v1/queries', query, key);
    const text = await (await fetch(`${engine.url}/metrics`)).text();
    assert.match(text, /wedsync_cache_answers_total\{source="miss",route="queries",service="cache-engine"\} 1/);
    assert.match(text, /wedsync_cache_warm_up\{service="cache-engine"\} 1/);
    assert.doesNotMatch(text, /private|secret-wedding|pays/);
  });
});
