import assert from 'node:assert/strict';
import { PartitionedIndex } from '../../../../services/cache-engine/src/adapters/vectors/partitioned-index.ts';
import { TieredVectors } from '../../../../services/cache-engine/src/adapters/vectors/tiered-vectors.ts';
import type { Embedder } from '../../../../services/cache-engine/src/ports/embedder.ts';
import type { Judge } from '../../../../services/cache-engine/src/ports/judge.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { expectStatus, queryOf, sourceOf, type ProblemBody } from './api.ts';

interface Entry {
  readonly key: string;
  readonly frame: string;
  readonly kind: string;
  readonly question: string;
  readonly weddingDate: string | null;
  readonly alias: { readonly target: string; readonly provenance: { readonly by: string; readonly at: string } } | null;
}

interface Page {
  readonly entries: readonly Entry[];
  readonly next: string | null;
}

/** Texts that all lie together, so that every stored question is proposed. */
const embedder: Embedder = {
  model: 'one-point',
  dimensions: 2,
  embed: async (texts) => texts.map(() => Float32Array.of(1, 0)),
  close: async () => {},
};

/** Says yes to everything. */
const judge: Judge = { name: 'oracle/1', judge: async () => ({ verdict: 'same' }) };

describe('browsing over HTTP', () => {
  let engine: TestEngine;
  let smith: string;
  let jones: string;
  beforeEach(async () => {
    const index = new PartitionedIndex(2, (dimensions) => new TieredVectors(dimensions));
    engine = await startEngine({ semantic: { embedder, index }, judge });
    smith = await engine.keyFor('smith');
    jones = await engine.keyFor('jones');
  });
  afterEach(() => engine.close());

  const get = (path: string, key?: string) => expectStatus<Page>(engine, 200, 'GET', path, undefined, key);
  const questions = ({ entries }: Page) => entries.map(({ question }) => question).sort();

  /** Three questions on two weddings of one vendor, and one of another. */
  async function fill(): Promise<void> {
    await sourceOf(engine, smith, queryOf('smith', 'Who carries the rings?'));
    await sourceOf(engine, smith, queryOf('smith', 'Who pays the band?', { weddingId: 'w2' }));
    await sourceOf(
      engine,
      smith,
      queryOf('smith', 'Who drives the bride?', { weddingId: 'w3', weddingDate: '2026-09-05' }),
    );
    await sourceOf(engine, jones, queryOf('jones', 'Who cuts the cake?'));
  }

  it('shows a vendor what is stored for it, and nothing else', async () => {
    await fill();
    const all = await get('/v1/entries', smith);
    assert.deepEqual(questions(all), ['Who carries the rings?', 'Who drives the bride?', 'Who pays the band?']);
    assert.deepEqual(
      [all.next, all.entries.every(({ kind, alias }) => kind === 'answer' && alias === null)],
      [null, true],
    );
    const third = await get('/v1/entries?weddingId=w3', smith);
    assert.deepEqual([questions(third), third.entries[0]?.weddingDate], [['Who drives the bride?'], '2026-09-05']);
    assert.deepEqual(questions(await get('/v1/admin/entries?vendorId=jones')), ['Who cuts the cake?']);
  });

  it('gives pages that together are the whole, whatever their length', async () => {
    await fill();
    const whole = questions(await get('/v1/entries', smith));
    for (const limit of [1, 2, 3]) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: Page = await get(`/v1/entries?limit=${limit}${at}`, smith);
        assert.ok(page.entries.length <= limit);
        seen.push(...questions(page));
        cursor = page.next;
      }
      assert.deepEqual(seen.sort(), whole);
    }
  });

  it('lists other wordings with where they lead and why; a revoked one is asked anew and gone from the list', async () => {
    const asked = queryOf('smith', 'When should we arrive at the church?');
    const other = queryOf('smith', 'What time must we be at the church?');
    assert.deepEqual(
      [await sourceOf(engine, smith, asked), await sourceOf(engine, smith, other)],
      ['miss', 'semantic'],
    );
    const { entries } = await get('/v1/aliases', smith);
    const [alias] = entries;
    assert.ok(alias?.alias);
    const stored = (await get('/v1/entries?kind=answer', smith)).entries[0];
    assert.deepEqual([entries.length, alias.kind, alias.alias.target], [1, 'alias', stored?.key]);
    assert.equal(alias.alias.provenance.by, 'oracle/1');
    assert.ok(!Number.isNaN(Date.parse(alias.alias.provenance.at)));
    assert.deepEqual(await get('/v1/aliases', jones), { entries: [], next: null });

    const path = `/v1/aliases/${encodeURIComponent(alias.key)}?frame=${alias.frame}`;
    await expectStatus(engine, 404, 'DELETE', path, undefined, jones);
    await expectStatus(engine, 204, 'DELETE', path, undefined, smith);
    await expectStatus(engine, 404, 'DELETE', path, undefined, smith);
    assert.deepEqual((await get('/v1/aliases', smith)).entries, []);
    assert.equal(await sourceOf(engine, smith, other), 'miss');
    assert.equal(await sourceOf(engine, smith, asked), 'hot');
  });

  it('takes no answer for an alias', async () => {
    await sourceOf(engine, smith, queryOf('smith', 'Who carries the rings?'));
    const [entry] = (await get('/v1/entries', smith)).entries;
    await expectStatus(engine, 404, 'DELETE', `/v1/aliases/${entry?.key}?frame=${entry?.frame}`, undefined, smith);
    assert.equal((await get('/v1/entries', smith)).entries.length, 1);
  });

  for (const [query, pointer, allowed] of [
    ['limit=0', '#/limit', /1 to 200/],
    ['limit=201', '#/limit', /1 to 200/],
    ['limit=2.5', '#/limit', /whole number/],
    ['limit=ten', '#/limit', /whole number/],
    ['limit=1&limit=2', '#/limit', /whole number/],
    ['limit=', '#/limit', /whole number/],
    ['cursor=../../etc', '#/cursor', /the next of the page before/],
    ['kind=secret', '#/kind', /one of answer, alias, cold/],
    ['weddingId=w%00', '#/weddingId', /printable/],
    ['vendorId=jones', '#/vendorId', /not allowed here/],
  ] as const) {
    it(`refuses ?${query} with the field named`, async () => {
      const path = `/v1/entries?${query}`;
      const { errors } = await expectStatus<ProblemBody>(engine, 400, 'GET', path, undefined, smith);
      assert.equal(errors?.[0]?.pointer, pointer);
      assert.match(errors?.[0]?.detail ?? '', allowed);
    });
  }

  it('refuses to take back what has no key’s form', async () => {
    for (const path of ['x', '%2e%2e%2f', 'a'.repeat(66)]) {
      const { errors } = await expectStatus<ProblemBody>(
        engine,
        400,
        'DELETE',
        `/v1/aliases/${path}?frame=f`,
        undefined,
        smith,
      );
      assert.equal(errors?.[0]?.pointer, '#/key');
    }
  });
});
