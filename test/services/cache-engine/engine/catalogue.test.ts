import assert from 'node:assert/strict';
import {
  Catalogue,
  type CatalogueItem,
  type CatalogueQuery,
} from '../../../../services/cache-engine/src/engine/catalogue.ts';
import { MemoryDataKeys } from '../../../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { Alias } from '../../../../services/cache-engine/src/engine/alias.ts';
import { keyIn, shortDigestOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { weddingDigest } from '../../../../services/cache-engine/src/engine/place.ts';
import { encodeRecord } from '../../../../services/cache-engine/src/engine/record.ts';
import { TenantKeys } from '../../../../services/cache-engine/src/engine/sealing/tenant-keys.ts';
import { encodeDetails } from '../../../../services/cache-engine/src/engine/semantic/details.ts';
import { Vault } from '../../../../services/cache-engine/src/engine/vault.ts';
import type { Listing } from '../../../../services/cache-engine/src/ports/warm-tier.ts';
import { fc } from '../../../support/property.ts';
import { testKeyEncryption } from '../support/compose.ts';
import { TestClock, warmTierWith } from '../support/doubles.ts';

const PROVENANCE = { by: 'a-judge/1', similarity: 0.8, at: 5 };
const FRAME = { vendorType: 'baker', model: 'a-model' } as const;
/** What is stored: its frame, its kind and its question. */
const stored = fc.record({
  frame: fc.constantFrom('f1', 'f2', 'f3', 'g', 'f1/f2'.slice(0, 2)),
  kind: fc.constantFrom<Listing['kind']>('answer', 'alias', 'cold'),
  question: fc.string({ unit: 'grapheme' }),
});
const weddingOf = (frame: string) => (frame === 'g' ? undefined : weddingDigest(`w${frame}`));

describe('the catalogue of what is stored', () => {
  let warm: MemoryWarmTier;
  let vault: Vault;
  let catalogue: Catalogue;
  const put = async (frame: string, kind: Listing['kind'], question: string, number: number) => {
    const key = keyIn('p', shortDigestOf([frame, number]));
    const alias = new Alias(keyIn('p', 'target'), PROVENANCE, 1e15);
    const record = await vault.sealRecord(key, encodeRecord(alias));
    const details = await vault.sealDetails(key, encodeDetails({ text: question }));
    const listing = { key, frame, kind, tags: [], bornAt: 1, expiresAt: 1e15, details };
    const wedding = weddingOf(frame);
    await warm.put(record, listing, { id: frame, ...FRAME, ...(wedding === undefined ? {} : { wedding }) });
    return { key, frame, kind, question };
  };
  const pages = async (query: CatalogueQuery) => {
    const items: CatalogueItem[] = [];
    let cursor: string | undefined;
    do {
      const { items: found, next } = await catalogue.page('p', { ...query, cursor });
      assert.ok(found.length === query.limit || next === undefined, 'only the last page is not full');
      items.push(...found);
      cursor = next;
    } while (cursor !== undefined);
    return items;
  };
  const fresh = () => {
    const clock = new TestClock('2026-05-01T10:00:00Z');
    warm = new MemoryWarmTier(clock);
    vault = new Vault(new TenantKeys({ store: new MemoryDataKeys(), encryption: testKeyEncryption(), clock }));
    catalogue = new Catalogue(warm, vault);
  };
  beforeEach(fresh);

  it('shows everything once over its pages, in one order, whatever their size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stored, { maxLength: 25 }), fc.integer({ min: 1, max: 30 }), async (given, limit) => {
        fresh();
        const all: Awaited<ReturnType<typeof put>>[] = [];
        for (const [number, { frame, kind, question }] of given.entries())
          all.push(await put(frame, kind, question, number));
        const shown = await pages({ limit });
        const of = ({ key, frame, kind, question }: (typeof all)[number]) => [frame, key, kind, question];
        assert.deepEqual(shown.map(of), all.map(of).sort());
      }),
      { numRuns: 60 },
    );
  });

  it('shows the items of one wedding or one kind just so', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stored, { maxLength: 15 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('wf1', 'wf2', undefined),
        fc.constantFrom('answer', 'alias', undefined),
        async (given, limit, weddingId, kind) => {
          fresh();
          const all: Awaited<ReturnType<typeof put>>[] = [];
          for (const [number, one] of given.entries()) all.push(await put(one.frame, one.kind, one.question, number));
          const expected = all
            .filter((one) => weddingId === undefined || `w${one.frame}` === weddingId)
            .filter((one) => kind === undefined || one.kind === kind);
          const shown = await pages({ limit, weddingId, kind });
          assert.deepEqual(new Set(shown.map(({ key }) => key)), new Set(expected.map(({ key }) => key)));
          assert.equal(shown.length, expected.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on where it was when items around the cursor are gone', async () => {
    for (let number = 0; number < 9; number++) await put('f1', 'answer', `question ${number}`, number);
    const { items, next } = await catalogue.page('p', { limit: 3 });
    await warm.remove(items.map(({ key, frame }) => ({ key, frame })));
    const rest = await catalogue.page('p', { limit: 9, cursor: next });
    assert.equal(rest.items.length, 6);
  });

  it('shows where an alias leads and why, for an alias only', async () => {
    await put('f1', 'alias', 'an alias', 1);
    await put('f2', 'answer', 'an answer', 2);
    const [alias, answer] = (await catalogue.page('p', { limit: 9 })).items;
    assert.deepEqual([alias?.alias, answer?.alias], [{ target: 'p:target', provenance: PROVENANCE }, null]);
    assert.deepEqual([alias?.vendorType, alias?.model, alias?.weddingDate], ['baker', 'a-model', null]);
  });

  it('shows nothing of another vendor’s, and no question that does not open', async () => {
    const { key } = await put('f1', 'answer', 'a question', 1);
    const listing = await warm.listing(key);
    assert.ok(listing);
    await warm.put(Buffer.from('x'), { ...listing, key: 'p:moved' }, { id: 'f1', ...FRAME });
    assert.deepEqual((await catalogue.page('q', { limit: 9 })).items, []);
    const moved = (await catalogue.page('p', { limit: 9 })).items.find((item) => item.key === 'p:moved');
    assert.equal(moved?.question, '');
  });

  it('tells the kind of a record, the partitions there are, and that the tier is away', async () => {
    const { key } = await put('f1', 'cold', 'a question', 1);
    assert.deepEqual([await catalogue.kindOf(key, 'f1'), await catalogue.kindOf('p:none', 'f1')], ['cold', undefined]);
    assert.deepEqual(await catalogue.partitions(), ['p']);
    const gone = () => Promise.reject(new Error('Redis is gone'));
    const cut = new Catalogue(warmTierWith(warm, { frames: gone }), vault);
    await assert.rejects(cut.page('p', { limit: 1 }), /Redis is gone/);
  });
});
