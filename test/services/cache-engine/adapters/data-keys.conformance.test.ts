import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MemoryDataKeys } from '../../../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisDataKeys } from '../../../../services/cache-engine/src/adapters/redis/redis-data-keys.ts';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import type { DataKeyStore, WrappedKey } from '../../../../services/cache-engine/src/ports/data-keys.ts';
import { sharedRedis } from '../../../support/redis/shared.ts';

interface Opened {
  readonly store: DataKeyStore;
  readonly close: () => void;
}

const adapters: Readonly<Record<string, () => Promise<Opened>>> = {
  memory: async () => ({ store: new MemoryDataKeys(), close: () => {} }),
  'Redis Cluster': async () => {
    const clients = new ClusterConnections((await sharedRedis()).access('queue'), () => {});
    await clients.ready;
    return { store: new RedisDataKeys(clients), close: () => clients.close() };
  },
};

for (const [name, open] of Object.entries(adapters)) {
  describe(`the store of data keys in ${name}`, function () {
    this.timeout(30_000);
    let opened: Opened;
    let store: DataKeyStore;
    const newPartition = () => partitionOf(randomBytes(8).toString('hex'));
    const wrappedKey = (id: string, createdAt = 1): WrappedKey => ({
      id,
      createdAt,
      wrappedBy: '2026-05',
      wrapped: Buffer.concat([Buffer.from([0, 10, 13, 34, 255]), randomBytes(61)]),
    });
    before(async () => {
      opened = await open();
      store = opened.store;
    });
    after(() => opened.close());

    it('has no keys of a partition that was never given one', async () => {
      assert.deepEqual(await store.list(newPartition()), []);
    });

    it('gives back the very key that was added', async () => {
      const [partition, key] = [newPartition(), wrappedKey('1', 1_780_000_000_123)];
      assert.deepEqual(await store.add(partition, key), key);
      assert.deepEqual(await store.list(partition), [key]);
    });

    it('lists keys by age, whatever the order in which they came', async () => {
      const partition = newPartition();
      const keys = [wrappedKey('10', 30), wrappedKey('9', 20), wrappedKey('2', 10)] as const;
      for (const key of keys) await store.add(partition, key);
      assert.deepEqual(await store.list(partition), [keys[2], keys[1], keys[0]]);
    });

    it('keeps the first of two keys with one id, and says which', async () => {
      const partition = newPartition();
      const [first, second] = [wrappedKey('1', 5), wrappedKey('1', 4)];
      await store.add(partition, first);
      assert.deepEqual(await store.add(partition, second), first);
      assert.deepEqual(await store.list(partition), [first]);
    });

    it('tells all who add a key with one id at once of the same key', async () => {
      const partition = newPartition();
      const stored = await Promise.all(Array.from({ length: 20 }, () => store.add(partition, wrappedKey('1'))));
      const [kept] = await store.list(partition);
      for (const key of stored) assert.deepEqual(key, kept);
    });

    it('destroys all keys of a partition, counts them, and leaves the others', async () => {
      const [partition, other] = [newPartition(), newPartition()];
      await store.add(partition, wrappedKey('1'));
      await store.add(partition, wrappedKey('2'));
      const kept = await store.add(other, wrappedKey('1'));
      assert.equal(await store.destroy(partition), 2);
      assert.deepEqual(await store.list(partition), []);
      assert.deepEqual(await store.list(other), [kept]);
      assert.equal(await store.destroy(partition), 0);
    });

    it('takes a new key with an id that was destroyed', async () => {
      const partition = newPartition();
      await store.add(partition, wrappedKey('1'));
      await store.destroy(partition);
      const key = wrappedKey('1');
      assert.deepEqual(await store.add(partition, key), key);
    });
  });
}
