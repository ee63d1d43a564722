import assert from 'node:assert/strict';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { TestClock, warmTierWith } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { testRegion } from '../support/compose.ts';
import { expectStatus, queryOf, sourceOf, type ProblemBody } from './api.ts';

interface Receipt {
  readonly id: string;
  readonly at: string;
  readonly removed: Readonly<Record<'hot' | 'warm' | 'cold' | 'aliases' | 'vectors', number>>;
  readonly engines: readonly { readonly engine: string; readonly hot: number }[];
  readonly silent: readonly string[];
  readonly complete: boolean;
  readonly partitions: number;
  readonly failed: number;
  readonly keysDestroyed: number;
}

describe('invalidation over HTTP', () => {
  let engine: TestEngine;
  let other: TestEngine;
  let smith: string;
  let jones: string;
  beforeEach(async () => {
    const region = testRegion();
    engine = await startEngine({ region });
    other = await startEngine({ region });
    smith = await engine.keyFor('smith');
    jones = await engine.keyFor('jones');
  });
  afterEach(() => Promise.all([engine.close(), other.close()]));

  const remove = (selector: object, key = smith) =>
    expectStatus<Receipt>(engine, 200, 'POST', '/v1/invalidations', selector, key);
  const asAdministration = (selector: object) =>
    expectStatus<Receipt>(engine, 200, 'POST', '/v1/admin/invalidations', selector);
  const ask = (body: object, key = smith, from = engine) => sourceOf(from, key, body);

  const first = queryOf('smith', 'When do we cut the cake?', { tags: ['cake'], coupleId: 'c1' });
  const second = queryOf('smith', 'Who carries the rings?', { weddingId: 'w2', coupleId: 'c2' });

  const selectors: readonly [what: string, selector: object][] = [
    ['a tag', { by: 'tag', tag: 'cake' }],
    ['a wedding', { by: 'wedding', weddingId: 'w1' }],
    ['a couple', { by: 'couple', coupleId: 'c1' }],
    ['a pattern of the question', { by: 'question', pattern: '*CAKE*' }],
  ];
  for (const [what, selector] of selectors) {
    it(`by ${what} removes that answer and no other one, from every engine, and says so`, async () => {
      for (const body of [first, second]) assert.equal(await ask(body), 'miss');
      assert.equal(await ask(first, smith, other), 'warm');
      const receipt = await remove(selector);
      assert.deepEqual(receipt.removed, { hot: 2, warm: 1, cold: 0, aliases: 0, vectors: 0 });
      assert.deepEqual(
        receipt.engines.map(({ hot }) => hot),
        [1, 1],
      );
      assert.deepEqual([receipt.silent, receipt.complete], [[], true]);
      assert.ok(!Number.isNaN(Date.parse(receipt.at)));
      assert.deepEqual([await ask(second), await ask(first, smith, other)], ['hot', 'miss']);
    });
  }

  it('by key removes the answer that an explanation names', async () => {
    await ask(first);
    const { key } = await expectStatus<{ key: string }>(
      engine,
      200,
      'POST',
      '/v1/explanations',
      { query: first },
      smith,
    );
    assert.equal((await remove({ by: 'key', key })).removed.warm, 1);
    assert.equal(await ask(first), 'miss');
  });

  it('never touches another vendor, whatever is named', async () => {
    const theirs = queryOf('jones', 'When do we cut the cake?', { tags: ['cake'], coupleId: 'c1' });
    await ask(theirs, jones);
    const { key } = await expectStatus<{ key: string }>(
      engine,
      200,
      'POST',
      '/v1/explanations',
      { query: theirs },
      jones,
    );
    for (const selector of [{ by: 'vendor' }, { by: 'key', key }, ...selectors.map(([, one]) => one)])
      assert.equal((await remove(selector)).removed.warm, 0);
    assert.equal(await ask(theirs, jones), 'hot');
  });

  it('of the administration names a vendor, or all of them and the parts it went through', async () => {
    await ask(first);
    await ask(queryOf('jones', 'Who pays?'), jones);
    const one = await asAdministration({ by: 'vendor', vendorId: 'jones' });
    assert.deepEqual([one.removed.warm, one.partitions, one.failed, one.keysDestroyed], [1, 1, 0, 0]);
    await ask(queryOf('jones', 'Who pays?'), jones);
    const all = await asAdministration({ by: 'vendor', everyVendor: true });
    assert.deepEqual([all.removed.warm, all.partitions, all.complete], [2, 2, true]);
    assert.deepEqual([await ask(first), await ask(queryOf('jones', 'Who pays?'), jones)], ['miss', 'miss']);
  });

  it('erases a vendor: its keys are destroyed with its answers', async () => {
    await ask(first);
    const receipt = await asAdministration({ by: 'vendor', vendorId: 'smith', erase: true });
    assert.deepEqual([receipt.keysDestroyed, receipt.complete], [1, true]);
    const listed = await expectStatus(engine, 200, 'GET', '/v1/entries', undefined, smith);
    assert.deepEqual(listed, { entries: [], next: null });
    assert.equal(await ask(first), 'miss');
  });

  const wrong: readonly [what: string, path: string, body: object, pointer: string, detail: RegExp][] = [
    ['no way of naming', '', {}, '#/by', /one of key, tag, wedding, couple, question, vendor/],
    ['an unknown way of naming', '', { by: 'moon' }, '#/by', /one of key/],
    ['what that way needs, missing', '', { by: 'tag' }, '#/tag', /a tag/],
    ['what another way needs', '', { by: 'vendor', tag: 'x' }, '#/tag', /not allowed here/],
    [
      'a vendor that is not the key’s to name',
      '',
      { by: 'vendor', vendorId: 'jones' },
      '#/vendorId',
      /not allowed here/,
    ],
    ['a key that is none', '', { by: 'key', key: '../x' }, '#/key', /the key of a stored answer/],
    ['a control character', '', { by: 'wedding', weddingId: 'w\u0007' }, '#/weddingId', /printable/],
    ['neither a vendor nor all', 'admin/', { by: 'tag', tag: 'x' }, '#/vendorId', /id of a vendor/],
    [
      'both a vendor and all',
      'admin/',
      { by: 'vendor', vendorId: 'a', everyVendor: true },
      '#/everyVendor',
      /not allowed here/,
    ],
    ['all, said with a no', 'admin/', { by: 'vendor', everyVendor: false }, '#/everyVendor', /true/],
    ['the keys of all', 'admin/', { by: 'vendor', everyVendor: true, erase: true }, '#/erase', /not allowed here/],
    ['keys by a tag', 'admin/', { by: 'tag', tag: 'x', vendorId: 'a', erase: true }, '#/erase', /not allowed here/],
  ];
  for (const [what, scope, body, pointer, detail] of wrong) {
    it(`is refused with the field named: ${what}`, async () => {
      const token = scope === '' ? smith : undefined;
      const path = `/v1/${scope}invalidations`;
      const { errors } = await expectStatus<ProblemBody>(engine, 400, 'POST', path, body, token);
      const named = errors?.find((error) => error.pointer === pointer);
      assert.match(named?.detail ?? `only ${JSON.stringify(errors)}`, detail);
    });
  }
});

describe('invalidation while the warm tier is away', () => {
  const clock = new TestClock('2026-05-01T10:00:00Z');
  const tier = new MemoryWarmTier(clock);
  const away = () => Promise.reject(new Error('away'));

  it('promises nothing: 503, to be tried again', async () => {
    const engine = await startEngine({ clock, warm: warmTierWith(tier, { frames: away }) });
    const key = await engine.keyFor('smith');
    for (const [path, body, token] of [
      ['/v1/invalidations', { by: 'vendor' }, key],
      ['/v1/admin/invalidations', { by: 'vendor', vendorId: 'smith' }, undefined],
    ] as const) {
      const response = await engine.call('POST', path, body, token);
      assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '2']);
      assert.match(((await response.json()) as ProblemBody).detail, /did not confirm/);
    }
    await engine.close();
  });

  it('says in how many parts nothing could be promised when every vendor was meant', async () => {
    let calls = 0;
    const frames = (partition: string) => (calls++ === 0 ? away() : tier.frames(partition));
    const warm = warmTierWith(tier, { frames, partitions: async () => ['a'.repeat(22), 'b'.repeat(22)] });
    const engine = await startEngine({ clock, warm });
    const body = { by: 'vendor', everyVendor: true };
    const receipt = await expectStatus<Receipt>(engine, 200, 'POST', '/v1/admin/invalidations', body);
    assert.deepEqual([receipt.partitions, receipt.failed, receipt.complete], [2, 1, false]);
    await engine.close();
  });
});
