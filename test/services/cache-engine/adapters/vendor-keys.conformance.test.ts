import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MemoryVendorKeys } from '../../../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisVendorKeys } from '../../../../services/cache-engine/src/adapters/redis/redis-vendor-keys.ts';
import { hashApiKey, newApiKey, newKeyId } from '../../../../services/cache-engine/src/engine/api-key.ts';
import type { VendorKeyRecord, VendorKeys } from '../../../../services/cache-engine/src/ports/vendor-keys.ts';
import { sharedRedis } from '../../../support/redis/shared.ts';

interface Opened {
  readonly keys: VendorKeys;
  readonly close: () => void;
}

const adapters: Readonly<Record<string, () => Promise<Opened>>> = {
  memory: async () => ({ keys: new MemoryVendorKeys(), close: () => {} }),
  'Redis Cluster': async () => {
    const clients = new ClusterConnections((await sharedRedis()).access('queue'), () => {});
    await clients.ready;
    return { keys: new RedisVendorKeys(clients), close: () => clients.close() };
  },
};

for (const [name, open] of Object.entries(adapters)) {
  describe(`the store of API keys in ${name}`, function () {
    this.timeout(30_000);
    let opened: Opened;
    let keys: VendorKeys;
    const record = (vendorId: string, createdAt = 1): VendorKeyRecord => ({
      keyId: newKeyId(),
      hash: hashApiKey(newApiKey()),
      vendorId,
      vendorType: 'venue',
      label: 'till “2027” {x}',
      createdAt,
    });
    before(async () => {
      opened = await open();
      keys = opened.keys;
    });
    after(() => opened.close());

    it('finds a key by its hash', async () => {
      const added = record(randomUUID());
      await keys.add(added);
      assert.deepEqual(await keys.find(added.hash), added);
    });

    it('finds nothing under a hash that was never added', async () => {
      assert.equal(await keys.find(hashApiKey(newApiKey())), undefined);
    });

    it('lists the keys of one vendor, oldest first, and of all', async () => {
      const [one, other] = [randomUUID(), randomUUID()];
      const records = [record(one, 3), record(other, 2), record(one, 1)] as const;
      for (const added of records) await keys.add(added);
      assert.deepEqual(await keys.list(one), [records[2], records[0]]);
      const all = await keys.list();
      for (const added of records) assert.ok(all.some(({ keyId }) => keyId === added.keyId));
    });

    it('keeps vendors apart whose ids look like patterns or tags', async () => {
      const odd = record('*');
      await keys.add(odd);
      await keys.add(record('{*}'));
      assert.deepEqual(await keys.list('*'), [odd]);
    });

    it('forgets a revoked key everywhere', async () => {
      const added = record(randomUUID());
      await keys.add(added);
      assert.equal(await keys.revoke(added.keyId), true);
      assert.equal(await keys.find(added.hash), undefined);
      assert.deepEqual(await keys.list(added.vendorId), []);
    });

    it('says when there was no such key to revoke', async () => {
      assert.equal(await keys.revoke(newKeyId()), false);
    });
  });
}
