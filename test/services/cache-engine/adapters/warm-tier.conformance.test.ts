import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { systemClock } from '@wedsync/domain';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisWarmTier } from '../../../../services/cache-engine/src/adapters/redis/redis-warm-tier.ts';
import type { WarmTier } from '../../../../services/cache-engine/src/ports/warm-tier.ts';
import { sharedRedis } from '../../../support/redis/shared.ts';

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

for (const [name, open] of Object.entries(adapters)) {
  describe(`the warm tier in ${name}`, function () {
    this.timeout(30_000);
    let opened: Opened;
    let tier: WarmTier;
    const soon = () => Date.now() + 60_000;
    before(async () => {
      opened = await open();
      tier = opened.tier;
    });
    after(() => opened.close());

    it('has nothing under a key that was never stored', async () => {
      assert.equal(await tier.get(randomUUID()), undefined);
    });

    it('gives back the very bytes that were stored', async () => {
      const key = randomUUID();
      const record = Buffer.from([0, 1, 10, 13, 127, 128, 255, ...Buffer.from('🌹')]);
      await tier.set(key, record, soon());
      assert.deepEqual(await tier.get(key), record);
    });

    it('keeps the last of two records', async () => {
      const key = randomUUID();
      await tier.set(key, Buffer.from('one'), soon());
      await tier.set(key, Buffer.from('two'), soon());
      assert.equal((await tier.get(key))?.toString(), 'two');
    });

    it('has no record any more whose time has come', async () => {
      const key = randomUUID();
      await tier.set(key, Buffer.from('x'), Date.now() + 20);
      while ((await tier.get(key)) !== undefined);
      assert.equal(await tier.get(key), undefined);
    });

    it('stores and finds a thousand records at once, in all shards', async () => {
      const keys = Array.from({ length: 1000 }, () => randomUUID());
      await Promise.all(keys.map((key) => tier.set(key, Buffer.from(key), soon())));
      const found = await Promise.all(keys.map((key) => tier.get(key)));
      assert.deepEqual(
        found.map((record) => record?.toString()),
        keys,
      );
    });

    it('is up', () => {
      assert.equal(tier.up, true);
    });
  });
}
