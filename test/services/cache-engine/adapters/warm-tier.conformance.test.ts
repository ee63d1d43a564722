import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { systemClock } from '@wedsync/domain';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisWarmTier } from '../../../../services/cache-engine/src/adapters/redis/redis-warm-tier.ts';
import type { Listing, WarmTier } from '../../../../services/cache-engine/src/ports/warm-tier.ts';
import { sharedRedis } from '../../../support/redis/shared.ts';
import { newFrame, newListing, newPartition } from '../support/records.ts';

interface Opened {
  readonly tier: WarmTier;
  readonly close: () => void;
}

const adapters: Readonly<Record<string, () => Promise<Opened>>> = {
  memory: async () => ({ tier: new MemoryWarmTier(systemClock), close: () => {} }),
  'Redis Cluster': async () => {
    const clients = new ClusterConnections((await sharedRedis()).access('cache'), () => {});
    await clients.ready;
    return { tier: new RedisWarmTier(clients), close: () => clients.close() };
  },
};

const byKey = (one: Listing, other: Listing) => (one.key < other.key ? -1 : 1);

for (const [name, open] of Object.entries(adapters)) {
  describe(`the warm tier in ${name}`, function () {
    this.timeout(30_000);
    let opened: Opened;
    let tier: WarmTier;
    before(async () => {
      opened = await open();
      tier = opened.tier;
    });
    after(() => opened.close());

    const [partition, frame] = [newPartition(), newFrame()];
    /** Stores a record with a listing in a partition and frame that all tests share, unless told otherwise. */
    async function stored(record: Buffer, members: Partial<Listing> = {}): Promise<Listing> {
      const listing = newListing(partition, frame, members);
      await tier.put(record, listing, frame);
      return listing;
    }

    describe('holds records: it', () => {
      it('has nothing under a key that was never stored', async () => {
        const { key } = newListing(partition, frame);
        assert.equal(await tier.get(key), undefined);
        assert.equal(await tier.listing(key, frame.id), undefined);
      });

      it('gives back the very bytes that were stored', async () => {
        const record = Buffer.from([0, 1, 10, 13, 127, 128, 255, ...Buffer.from('🌹')]);
        const { key } = await stored(record);
        assert.deepEqual(await tier.get(key), record);
      });

      it('keeps the last of two records', async () => {
        const { key } = await stored(Buffer.from('one'));
        await stored(Buffer.from('two'), { key });
        assert.equal((await tier.get(key))?.toString(), 'two');
      });

      it('has neither record nor listing any more when their time has come', async () => {
        const listing = await stored(Buffer.from('x'), { expiresAt: Date.now() + 20 });
        while ((await tier.get(listing.key)) !== undefined);
        while (Date.now() < listing.expiresAt);
        assert.equal(await tier.get(listing.key), undefined);
        assert.equal(await tier.listing(listing.key, frame.id), undefined);
        assert.ok(!(await tier.listings(partition, frame.id)).some(({ key }) => key === listing.key));
      });

      it('stores and finds a thousand records at once, in all shards', async () => {
        const listings = Array.from({ length: 1000 }, () => newListing(newPartition(), frame));
        await Promise.all(listings.map((listing) => tier.put(Buffer.from(listing.key), listing, frame)));
        const found = await Promise.all(listings.map(({ key }) => tier.get(key)));
        assert.deepEqual(
          found.map((record) => record?.toString()),
          listings.map(({ key }) => key),
        );
      });

      it('is up', () => {
        assert.equal(tier.up, true);
      });
    });

    describe('lists what it holds: it', () => {
      it('gives back a listing as it was stored', async () => {
        const details = Buffer.from([10, 0, 123, 255, 10, ...randomBytes(50)]);
        const listing = await stored(Buffer.from('x'), { kind: 'alias', tags: ['“menu”\n', ''], bornAt: 1, details });
        assert.deepEqual(await tier.listing(listing.key, frame.id), listing);
      });

      it('lists all of a frame and nothing of another one', async () => {
        const [own, one, other] = [newPartition(), newFrame(), newFrame()];
        const listings = Array.from({ length: 900 }, () => newListing(own, one, { details: randomBytes(100) }));
        await Promise.all(listings.map((listing) => tier.put(Buffer.from('x'), listing, one)));
        const elsewhere = newListing(own, other);
        await tier.put(Buffer.from('y'), elsewhere, other);
        assert.deepEqual((await tier.listings(own, one.id)).toSorted(byKey), listings.toSorted(byKey));
        assert.deepEqual(await tier.listings(own, other.id), [elsewhere]);
        assert.deepEqual(await tier.listings(newPartition(), one.id), []);
      });

      it('lists a record that was replaced once, as it is now', async () => {
        const [own, one] = [newPartition(), newFrame()];
        const first = newListing(own, one);
        const second: Listing = { ...first, kind: 'cold', expiresAt: first.expiresAt - 30_000 };
        await tier.put(Buffer.from('one'), first, one);
        await tier.put(Buffer.from('two'), second, one);
        assert.deepEqual(await tier.listings(own, one.id), [second]);
      });

      it('still lists what lasts longer when other records of its frame expire', async () => {
        const [own, one] = [newPartition(), newFrame()];
        const lasting = newListing(own, one);
        const brief = Array.from({ length: 3 }, () => newListing(own, one, { expiresAt: Date.now() + 20 }));
        for (const listing of [lasting, ...brief]) await tier.put(Buffer.from('x'), listing, one);
        while (brief.some(({ expiresAt }) => Date.now() < expiresAt));
        // The first look may take away what expired; the second sees what is left.
        for (const look of [1, 2]) assert.deepEqual(await tier.listings(own, one.id), [lasting], `look ${look}`);
        assert.deepEqual(await tier.frames(own), [one]);
      });

      it('lists the frames of a partition, each once, with all that is known of them', async () => {
        const own = newPartition();
        const frames = [
          newFrame({ wedding: 'w', couple: 'c', weddingDate: '2027-06-12' }),
          newFrame({ model: '“m”', vendorType: 'dj' }),
        ];
        for (const one of [...frames, ...frames]) await tier.put(Buffer.from('x'), newListing(own, one), one);
        const found = await tier.frames(own);
        assert.deepEqual(new Map(found.map((one) => [one.id, one])), new Map(frames.map((one) => [one.id, one])));
        assert.equal(found.length, 2);
        assert.deepEqual(await tier.frames(newPartition()), []);
      });

      it('has no frame any more when its last record has expired', async () => {
        const [own, one] = [newPartition(), newFrame()];
        const expiresAt = Date.now() + 20;
        await tier.put(Buffer.from('x'), newListing(own, one, { expiresAt }), one);
        while (Date.now() < expiresAt);
        assert.deepEqual(await tier.frames(own), []);
      });

      it('names every partition that holds something, once', async () => {
        const own = Array.from({ length: 3 }, newPartition);
        for (const one of [...own, ...own]) await tier.put(Buffer.from('x'), newListing(one, frame), frame);
        const partitions = await tier.partitions();
        assert.equal(new Set(partitions).size, partitions.length);
        for (const one of own) assert.ok(partitions.includes(one));
      });
    });

    describe('removes: it', () => {
      it('takes records and listings away and counts those that were there', async () => {
        const [one, other] = [await stored(Buffer.from('1')), await stored(Buffer.from('2'))];
        const kept = await stored(Buffer.from('3'));
        assert.equal(await tier.remove([one, other, newListing(partition, frame)]), 2);
        for (const { key } of [one, other]) {
          assert.equal(await tier.get(key), undefined);
          assert.equal(await tier.listing(key, frame.id), undefined);
        }
        assert.equal((await tier.get(kept.key))?.toString(), '3');
        assert.equal(await tier.remove([one]), 0);
      });

      it('removes nothing when nothing is named', async () => {
        assert.equal(await tier.remove([]), 0);
      });

      it('counts a record once that is named twice', async () => {
        const listing = await stored(Buffer.from('x'));
        assert.equal(await tier.remove([listing, listing]), 1);
      });

      it('removes thousands at once, of many partitions and frames', async () => {
        const places = Array.from({ length: 20 }, () => [newPartition(), newFrame()] as const);
        const listings = places.flatMap(([own, one]) => Array.from({ length: 40 }, () => newListing(own, one)));
        const [large, largest] = [newPartition(), newFrame()];
        const many = Array.from({ length: 1300 }, () => newListing(large, largest));
        for (const batch of [listings, many.slice(0, 650), many.slice(650)]) {
          await Promise.all(batch.map((one) => tier.put(Buffer.from('x'), one, newFrame({ id: one.frame }))));
        }
        assert.equal(await tier.remove([...listings, ...many]), 2100);
        for (const [own, one] of [...places, [large, largest] as const]) {
          assert.deepEqual(await tier.listings(own, one.id), []);
        }
      });

      it('stores again what was removed', async () => {
        const listing = await stored(Buffer.from('x'));
        await tier.remove([listing]);
        await tier.put(Buffer.from('y'), listing, frame);
        assert.equal((await tier.get(listing.key))?.toString(), 'y');
        assert.deepEqual(await tier.listing(listing.key, frame.id), listing);
      });

      it('leaves no record without a listing when it stores and removes the same at once', async () => {
        const [own, one] = [newPartition(), newFrame()];
        const listings = Array.from({ length: 20 }, () => newListing(own, one));
        await Promise.all(
          [1, 2, 3, 4].flatMap(() =>
            listings.flatMap((listing) => [tier.put(Buffer.alloc(3000, 'x'), listing, one), tier.remove([listing])]),
          ),
        );
        for (const { key } of listings) {
          const [record, listing] = await Promise.all([tier.get(key), tier.listing(key, one.id)]);
          assert.equal(record !== undefined, listing !== undefined);
        }
      });
    });
  });
}
