import assert from 'node:assert/strict';
import { MemoryDataKeys } from '../../../../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import { MemoryWarmTier } from '../../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { TenantKeys } from '../../../../../services/cache-engine/src/engine/sealing/tenant-keys.ts';
import { encodeDetails } from '../../../../../services/cache-engine/src/engine/semantic/details.ts';
import { Questions } from '../../../../../services/cache-engine/src/engine/semantic/questions.ts';
import { Vault } from '../../../../../services/cache-engine/src/engine/vault.ts';
import type { VectorIndex } from '../../../../../services/cache-engine/src/ports/vector-index.ts';
import type { Listing, WarmTier } from '../../../../../services/cache-engine/src/ports/warm-tier.ts';
import { fc } from '../../../../support/property.ts';
import { testKeyEncryption } from '../../support/compose.ts';
import { TestClock, warmTierWith } from '../../support/doubles.ts';
import { vectorOf, wordings } from './support.ts';

const FRAME = { vendorType: 'photographer', model: 'a-model' } as const;

describe('the questions that are known of a frame', () => {
  let warm: MemoryWarmTier;
  let vault: Vault;
  let index: VectorIndex;
  let questions: Questions;
  /** How often the warm tier listed a frame. */
  let loads: number;
  let tier: WarmTier;
  let clock: TestClock;

  const detailsOf = (text: string) => ({ text, vector: vectorOf(text) });
  const store = async (key: string, text: string, frame = 'f', kind: Listing['kind'] = 'answer') => {
    const details = await vault.sealDetails(key, encodeDetails(detailsOf(text)));
    const listing = { key, frame, kind, tags: [], bornAt: clock.now(), expiresAt: clock.now() + 60_000, details };
    await warm.put(Buffer.from('a record'), listing, { id: frame, ...FRAME });
  };
  const near = async (text: string, frame = 'f', partition = 'p', count = 5) =>
    (await questions.near(partition, frame, detailsOf(text), count, clock.now())).map(({ id }) => id);

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    warm = new MemoryWarmTier(clock);
    loads = 0;
    tier = warmTierWith(warm, { listings: (partition, frame) => (loads++, warm.listings(partition, frame)) });
    const keys = new TenantKeys({ store: new MemoryDataKeys(), encryption: testKeyEncryption(), clock });
    vault = new Vault(keys);
    ({ index } = wordings());
    questions = new Questions({ warm: tier, vault, index });
  });

  it('are read from the warm tier when it is first asked in, once for all who ask at the same time', async () => {
    await store('p:a', 'who cuts the cake');
    const found = await Promise.all(Array.from({ length: 20 }, () => near('who cuts the cakes')));
    assert.deepEqual(new Set(found.flat()), new Set(['p:a']));
    await near('who cuts the cakes');
    assert.equal(loads, 1);
  });

  it('come with their texts and their similarity, the nearest first', async () => {
    await store('p:a', 'who cuts the cake');
    await store('p:b', 'who cuts the red ribbon at the door');
    const [first, second] = await questions.near('p', 'f', detailsOf('who cuts the cake'), 5, clock.now());
    assert.deepEqual([first?.id, first?.text, second?.id], ['p:a', 'who cuts the cake', 'p:b']);
    assert.ok((first?.similarity ?? 0) > 0.99);
    assert.ok((second?.similarity ?? 1) < (first?.similarity ?? 0));
  });

  it('are found by their words alone while there is no vector', async () => {
    await store('p:a', 'who cuts the cake');
    const [found] = await questions.near('p', 'f', { text: 'cakes' }, 5, clock.now());
    assert.deepEqual([found?.id, found?.similarity], ['p:a', 0]);
  });

  it('never come from another frame or partition', async () => {
    const places = ['p', 'q'].flatMap((partition) => ['f', 'g', 'h'].map((frame) => [partition, frame] as const));
    const words = ['who', 'cuts', 'the', 'cake', 'veil', 'ring', 'rain'];
    const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((chosen) => chosen.join(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(5), text), { maxLength: 12 }),
        fc.nat(5),
        text,
        async (stored, at, asked) => {
          questions = new Questions({ warm: (warm = new MemoryWarmTier(clock)), vault, index: wordings().index });
          const where = (place: number) => places[place] ?? (['p', 'f'] as const);
          for (const [number, [place, one]] of stored.entries()) {
            const [partition, frame] = where(place);
            await store(`${partition}:${frame}-${number}`, one, frame);
          }
          const [partition, frame] = where(at);
          for (const id of await near(asked, frame, partition, 99))
            assert.ok(id.startsWith(`${partition}:${frame}-`), id);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('hold what this process stores, and what another one has stored', async () => {
    await near('anything');
    questions.add('p:a', 'f', detailsOf('who cuts the cake'), Infinity);
    assert.deepEqual(await near('who cuts the cake'), ['p:a']);
    await store('p:b', 'when does the band play');
    await questions.stored('p:b', 'f');
    assert.deepEqual(await near('when does the band play', 'f', 'p', 1), ['p:b']);
    assert.equal(await questions.textOf('p:b', 'f'), 'when does the band play');
    assert.equal(loads, 1);
  });

  it('take nothing in for a frame in which nobody asks', async () => {
    questions.add('p:a', 'f', detailsOf('who cuts the cake'), Infinity);
    await store('p:b', 'when does the band play', 'g');
    await questions.stored('p:b', 'g');
    assert.equal(index.size, 0);
  });

  it('have a text also where nobody asks in their frame, as long as they are stored', async () => {
    await store('p:b', 'when does the band play', 'g');
    assert.equal(await questions.textOf('p:b', 'g'), 'when does the band play');
    await warm.remove([{ key: 'p:b', frame: 'g' }]);
    assert.equal(await questions.textOf('p:b', 'g'), undefined);
  });

  it('are dropped when their answers have had their time, and make room for others that are less near', async () => {
    await near('anything');
    for (let i = 0; i < 30; i++) questions.add(`p:dead-${i}`, 'f', detailsOf('who cuts the cake'), clock.now() + 1000);
    questions.add('p:alive', 'f', detailsOf('who cuts the red ribbon'), clock.now() + 1001);
    clock.pass(1);
    assert.deepEqual([await near('who cuts the cake', 'f', 'p', 2), index.size], [['p:alive'], 1]);
    questions.add('p:dead-0', 'f', detailsOf('who cuts the cake'), clock.now() + 1000);
    assert.deepEqual(await near('who cuts the cake', 'f', 'p', 1), ['p:dead-0']);
  });

  it('have more time once another process has stored them again, and are none any longer as aliases', async () => {
    await store('p:a', 'who cuts the cake');
    await near('anything');
    clock.pass(50);
    await store('p:a', 'who cuts the cake');
    await questions.stored('p:a', 'f');
    clock.pass(50);
    assert.deepEqual(await near('who cuts the cake'), ['p:a']);
    await store('p:a', 'who cuts the cake', 'f', 'alias');
    await questions.stored('p:a', 'f');
    assert.deepEqual([await near('who cuts the cake'), index.size], [[], 0]);
  });

  it('are forgotten when they are looked for in vain, but not while the warm tier is away', async () => {
    await store('p:a', 'who cuts the cake');
    const away = new Questions({ warm: warmTierWith(warm, { up: false }), vault, index });
    await away.near('p', 'f', detailsOf('cake'), 1, clock.now());
    assert.equal(away.forget('p:a', 'f'), false);
    await near('anything');
    assert.deepEqual([questions.forget('p:a', 'f'), questions.forget('p:a', 'f'), index.size], [true, false, 0]);
    assert.deepEqual(await near('who cuts the cake'), []);
  });

  it('leave aliases out: they lead to an answer and are none', async () => {
    await store('p:a', 'who cuts the cake', 'f', 'alias');
    assert.deepEqual(await near('who cuts the cake'), []);
  });

  it('keep what lies in the cold tier in sight', async () => {
    await store('p:a', 'who cuts the cake', 'f', 'cold');
    assert.deepEqual(await near('who cuts the cake'), ['p:a']);
  });

  it('leave out details that are another record’s or were tampered with', async () => {
    await store('p:a', 'who cuts the cake');
    const listing = await warm.listing('p:a');
    assert.ok(listing);
    await warm.put(Buffer.from('a record'), { ...listing, key: 'p:b' }, { id: 'f', ...FRAME });
    assert.deepEqual(await near('who cuts the cake'), ['p:a']);
  });

  it('go with what removes them, and say how many went', async () => {
    await store('p:a', 'who cuts the cake');
    await store('p:b', 'when does the band play');
    await near('anything');
    assert.equal(questions.remove('q', { scope: 'partition' }), 0);
    assert.equal(questions.remove('p', { scope: 'frames', frames: ['g'] }), 0);
    assert.equal(questions.remove('p', { scope: 'keys', keys: ['p:a', 'p:c'] }), 1);
    assert.deepEqual([await near('who cuts the cake'), index.size], [['p:b'], 1]);
    assert.equal(questions.remove('p', { scope: 'frames', frames: ['f'] }), 1);
    assert.equal(index.size, 0);
  });

  it('are all forgotten, and read again as they are asked for', async () => {
    await store('p:a', 'who cuts the cake');
    await near('anything');
    questions.clear();
    assert.equal(index.size, 0);
    assert.deepEqual(await near('who cuts the cake'), ['p:a']);
    assert.equal(loads, 2);
  });

  it('are not given up when the warm tier is away: they are read the next time', async () => {
    await store('p:a', 'who cuts the cake');
    let away = true;
    const breaking = warmTierWith(warm, {
      listings: (partition, frame) =>
        away ? Promise.reject(new Error('Redis is gone')) : warm.listings(partition, frame),
    });
    questions = new Questions({ warm: breaking, vault, index });
    assert.deepEqual(await near('who cuts the cake'), []);
    away = false;
    assert.deepEqual(await near('who cuts the cake'), ['p:a']);
  });

  for (const removal of [
    { scope: 'frames', frames: ['f'] },
    { scope: 'keys', keys: ['p:a'] },
  ] as const) {
    it(`do not come back when they are removed by ${removal.scope} while their frame is being read`, async () => {
      await store('p:a', 'who cuts the cake');
      const listed = Promise.withResolvers<readonly Listing[]>();
      questions = new Questions({
        warm: warmTierWith(warm, {
          listings: (partition, frame) => (loads++ === 0 ? listed.promise : warm.listings(partition, frame)),
        }),
        vault,
        index,
      });
      const asking = near('who cuts the cake');
      const found = await warm.listings('p', 'f');
      await warm.remove([{ key: 'p:a', frame: 'f' }]);
      questions.remove('p', removal);
      listed.resolve(found);
      await asking;
      assert.deepEqual([index.size, await near('who cuts the cake')], [0, []]);
    });
  }

  it('are so many at once and no more, the oldest of a frame and the longest unasked frame forgotten first', async () => {
    const most = { ofFrame: 3, ofAll: 5 };
    questions = new Questions({ warm: tier, vault, index, most });
    const add = (frame: string, count: number) => {
      for (let at = 0; at < count; at++)
        questions.add(`p:${frame}${at}`, frame, detailsOf(`question ${at} of ${frame}`), clock.now() + 60_000);
    };
    for (const frame of ['f', 'g']) await near('anything', frame);
    add('f', 5);
    assert.equal(index.size, 3);
    assert.deepEqual((await near('question of f', 'f')).sort(), ['p:f2', 'p:f3', 'p:f4']);
    add('g', 3);
    assert.equal(index.size, 3);
    assert.deepEqual([...index.frames()], ['p:g']);
  });
});
