import assert from 'node:assert/strict';
import { MemoryEngine } from '../../../services/region-operator/src/adapters/memory-engine.ts';
import { API, CONSOLE_HEADER, PAGES, type Session } from '../../../services/region-operator/src/wire.ts';
import { entryOf, keyOf, SMITH } from './support/entries.ts';
import { secretOf, startOperator, type TestOperator } from './support/operator.ts';

interface ProblemBody {
  readonly type: string;
  readonly detail: string;
}

describe('The operator over HTTP', () => {
  let engine: MemoryEngine;
  let operator: TestOperator;
  beforeEach(async () => {
    engine = new MemoryEngine();
    engine.put(SMITH, [entryOf(1, 'When is sunset?'), entryOf(2, 'Who brings the rings?')]);
    operator = await startOperator({ engine });
  });
  afterEach(() => operator.close());

  const problemOf = async (response: Response) => (await response.json()) as ProblemBody;

  it('signs in with a cookie that no script reads and no other site sends', async () => {
    const response = await operator.call('POST', API.session, { name: 'viewer', secret: secretOf('viewer') });
    assert.equal(response.status, 200);
    const session = (await response.json()) as Session;
    assert.deepEqual(
      [session.name, session.role, session.region, session.place],
      ['viewer', 'viewer', 'uk-south', 'London'],
    );
    const cookie = response.headers.get('set-cookie') ?? '';
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/', 'Max-Age=43200'])
      assert.ok(cookie.includes(attribute), cookie);
    const again = await operator.call('GET', API.session, undefined, { cookie: cookie.split(';', 1)[0] ?? '' });
    assert.deepEqual(await again.json(), session);
  });

  it('signs out by taking the cookie away', async () => {
    const response = await operator.as('viewer', 'DELETE', API.session);
    assert.equal(response.status, 204);
    assert.match(response.headers.get('set-cookie') ?? '', /^wedsync-session=; Max-Age=0;/);
  });

  it('refuses a wrong secret as it refuses a wrong name, and after some attempts makes wait', async () => {
    const attempt = (name: string) => operator.call('POST', API.session, { name, secret: 'wrong' });
    const [known, unknown] = [await attempt('viewer'), await attempt('nobody')];
    assert.deepEqual([known.status, unknown.status], [401, 401]);
    assert.deepEqual(await problemOf(known), await problemOf(unknown));
    for (let each = 0; each < 4; each++) await attempt('viewer');
    const limited = await attempt('viewer');
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '1']);
    // The right secret waits as well: else the answer would tell which it is.
    const right = { name: 'viewer', secret: secretOf('viewer') };
    assert.equal((await operator.call('POST', API.session, right)).status, 429);
  });

  it('shows nothing to whoever is not signed in', async () => {
    const paths = [
      API.events,
      `${API.history}?minutes=60`,
      API.vendors,
      `${API.entries}?vendorId=smith`,
      API.configuration,
    ];
    for (const path of [...paths, API.session, `${API.statistics}?vendorId=smith`]) {
      const response = await operator.call('GET', path);
      assert.equal(response.status, 401, path);
      assert.equal((await problemOf(response)).type, 'urn:wedsync:problem:signed-out');
    }
  });

  it('lets each role do what it may', async () => {
    const removal = { by: 'key', vendorId: 'smith', key: keyOf(1) };
    const statuses = async (method: string, path: string, body: unknown) =>
      Promise.all(
        (['viewer', 'operator', 'admin'] as const).map(
          async (role) => (await operator.as(role, method, path, body)).status,
        ),
      );
    assert.deepEqual(await statuses('POST', API.invalidations, removal), [403, 200, 200]);
    assert.deepEqual(await statuses('PATCH', API.configuration, { sharing: true }), [403, 403, 200]);
    const query = {
      ...{ vendorId: 'smith', vendorType: 'photographer', weddingId: 'w1', weddingDate: '2026-08-15' },
      question: 'When?',
    };
    assert.deepEqual(await statuses('POST', API.explanations, query), [200, 200, 200]);
    assert.equal((await engine.entries({ vendorId: 'smith' })).entries.length, 1);
    assert.equal((await engine.configuration()).sharing, true);
  });

  it('changes nothing for a request that another site could have made', async () => {
    const cookie = await operator.signIn('admin');
    const send = (headers: Record<string, string>) =>
      operator.call('PATCH', API.configuration, { sharing: true }, { cookie, ...headers });
    const elsewhere = [
      { origin: 'https://elsewhere.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'null' },
    ];
    for (const headers of elsewhere) assert.equal((await send(headers)).status, 403, JSON.stringify(headers));
    const bare = await fetch(operator.url + API.configuration, {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"sharing":true}',
    });
    assert.equal(bare.status, 403, `without ${CONSOLE_HEADER}`);
    assert.equal((await engine.configuration()).sharing, false);
    assert.equal((await send({ origin: operator.url, 'sec-fetch-site': 'same-origin' })).status, 200);
  });

  it('tells browsers to load nothing from elsewhere and to keep nothing', async () => {
    for (const path of [PAGES.overview, PAGES.board, API.session, '/nothing-here']) {
      const { headers } = await operator.call('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'; script-src 'self';/, path);
      assert.ok(!policy.includes('unsafe') && !policy.includes('http'), policy);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.equal(headers.get('cache-control'), 'no-store', path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    }
  });

  it('serves every page as the same document', async () => {
    for (const page of Object.values(PAGES)) {
      const response = await operator.call('GET', page);
      assert.deepEqual(
        [response.status, (response.headers.get('content-type') ?? '').split(';')[0]],
        [200, 'text/html'],
      );
    }
  });

  it('says what is wrong with a request, and that the engine is away', async () => {
    const bad = await operator.as('viewer', 'GET', `${API.entries}?vendorId=smith&limit=5000`);
    assert.deepEqual([bad.status, (await problemOf(bad)).type], [400, 'urn:wedsync:problem:invalid-request']);
    const refused = await operator.as('admin', 'PATCH', API.configuration, { sampleRate: 3 });
    assert.deepEqual(
      [refused.status, (await problemOf(refused)).detail],
      [400, 'sampleRate must be a number from 0 to 1.'],
    );
    engine.up = false;
    const away = await operator.as('viewer', 'GET', API.vendors);
    assert.deepEqual([away.status, (await problemOf(away)).type], [502, 'urn:wedsync:problem:engine-away']);
  });

  it('is ready until it drains, and counts what it does', async () => {
    await operator.signIn('viewer');
    assert.equal((await operator.call('GET', '/healthz')).status, 200);
    assert.equal((await operator.call('GET', '/readyz')).status, 200);
    const metrics = await (await operator.call('GET', '/metrics')).text();
    assert.match(metrics, /wedsync_console_sign_ins_total\{outcome="ok",service="region-operator"\} 1/);
    operator.services.readiness.draining();
    assert.equal((await operator.call('GET', '/readyz')).status, 503);
  });
});
