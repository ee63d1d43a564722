import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderColdTier } from '../../../../services/cache-engine/src/adapters/cold/folder-cold-tier.ts';
import { S3ColdTier } from '../../../../services/cache-engine/src/adapters/cold/s3-cold-tier.ts';
import { MemoryColdTier } from '../../../../services/cache-engine/src/adapters/memory/memory-cold-tier.ts';
import { keyIn, partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import type { ColdTier } from '../../../../services/cache-engine/src/ports/cold-tier.ts';
import { startS3 } from '../support/s3.ts';

interface Opened {
  readonly tier: ColdTier;
  readonly close: () => Promise<void> | void;
}

const adapters: Readonly<Record<string, () => Promise<Opened>>> = {
  memory: async () => ({ tier: new MemoryColdTier(), close: () => {} }),
  'a folder': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cold-'));
    return { tier: await FolderColdTier.open(folder), close: () => rm(folder, { recursive: true }) };
  },
  'an S3 bucket': async () => {
    const s3 = await startS3();
    const tier = await S3ColdTier.open({ ...s3.access, prefix: 'answers/' });
    return { tier, close: () => (tier.close(), s3.stop()) };
  },
};

const newPartition = () => partitionOf(randomBytes(8).toString('hex'));
const newDigest = () => randomBytes(32).toString('base64url');

for (const [name, open] of Object.entries(adapters)) {
  describe(`the cold tier in ${name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let tier: ColdTier;
    before(async () => {
      opened = await open();
      tier = opened.tier;
    });
    after(() => opened.close());

    it('has nothing under a key that was never stored', async () => {
      assert.equal(await tier.get(keyIn(newPartition(), newDigest())), undefined);
    });

    it('gives back the very bytes that were stored', async () => {
      const key = keyIn(newPartition(), newDigest());
      const record = Buffer.concat([Buffer.from([0, 10, 13, 255]), randomBytes(100_000)]);
      await tier.put(key, record);
      assert.deepEqual(await tier.get(key), record);
    });

    it('keeps an empty record apart from none', async () => {
      const key = keyIn(newPartition(), newDigest());
      await tier.put(key, Buffer.alloc(0));
      assert.equal((await tier.get(key))?.length, 0);
    });

    it('keeps the last of two records', async () => {
      const key = keyIn(newPartition(), newDigest());
      await tier.put(key, Buffer.from('the first and longer one'));
      await tier.put(key, Buffer.from('the last'));
      assert.equal((await tier.get(key))?.toString(), 'the last');
    });

    it('keeps partitions apart that hold the same digest', async () => {
      const digest = newDigest();
      const [one, other] = [keyIn(newPartition(), digest), keyIn(newPartition(), digest)];
      await tier.put(one, Buffer.from('one'));
      await tier.put(other, Buffer.from('other'));
      assert.equal((await tier.get(one))?.toString(), 'one');
    });

    it('removes records and counts those that were there', async () => {
      const partition = newPartition();
      const [stored, kept, absent] = [1, 2, 3].map(() => keyIn(partition, newDigest())) as [string, string, string];
      await tier.put(stored, Buffer.from('x'));
      await tier.put(kept, Buffer.from('y'));
      assert.equal(await tier.remove([stored, absent]), 1);
      assert.equal(await tier.get(stored), undefined);
      assert.equal((await tier.get(kept))?.toString(), 'y');
    });

    it('removes nothing when no key is given', async () => {
      assert.equal(await tier.remove([]), 0);
    });

    it('removes a whole partition, counts it, and leaves the others', async () => {
      const [partition, other] = [newPartition(), newPartition()];
      const keys = Array.from({ length: 25 }, () => keyIn(partition, newDigest()));
      for (const key of keys) await tier.put(key, Buffer.from('x'));
      const kept = keyIn(other, newDigest());
      await tier.put(kept, Buffer.from('y'));
      assert.equal(await tier.removePartition(partition), 25);
      for (const key of keys) assert.equal(await tier.get(key), undefined);
      assert.equal((await tier.get(kept))?.toString(), 'y');
      assert.equal(await tier.removePartition(partition), 0);
    });

    it('leaves a partition whose name goes on where another one ends', async () => {
      const longer = keyIn('partition-and-more', newDigest());
      await tier.put(longer, Buffer.from('x'));
      assert.equal(await tier.removePartition('partition'), 0);
      assert.equal((await tier.get(longer))?.toString(), 'x');
    });

    it('stores again in a partition that was removed', async () => {
      const key = keyIn(newPartition(), newDigest());
      await tier.put(key, Buffer.from('x'));
      await tier.removePartition(key.slice(0, 22));
      await tier.put(key, Buffer.from('y'));
      assert.equal((await tier.get(key))?.toString(), 'y');
    });

    it('stores whole records when many write and remove at once', async () => {
      const partition = newPartition();
      const keys = Array.from({ length: 4 }, () => keyIn(partition, newDigest()));
      const bodies = ['a', 'b', 'c'].map((letter) => Buffer.alloc(20_000, letter));
      await Promise.all([
        ...keys.flatMap((key) => bodies.map((body) => tier.put(key, body))),
        tier.removePartition(partition),
        ...keys.map((key) => tier.get(key)),
      ]);
      for (const key of keys) {
        const found = await tier.get(key);
        assert.ok(found === undefined || bodies.some((body) => body.equals(found)));
      }
    });
  });
}
