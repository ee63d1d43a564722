import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MemoryWeddings } from '../../../../services/cache-engine/src/adapters/memory/memory-weddings.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisWeddings } from '../../../../services/cache-engine/src/adapters/redis/redis-weddings.ts';
import { digestOf, partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import type { Weddings } from '../../../../services/cache-engine/src/ports/weddings.ts';
import { sharedRedis } from '../../../support/redis/shared.ts';

interface Opened {
  readonly weddings: Weddings;
  readonly close: () => void;
}

const adapters: Readonly<Record<string, () => Promise<Opened>>> = {
  memory: async () => ({ weddings: new MemoryWeddings(), close: () => {} }),
  'Redis Cluster': async () => {
    const clients = new ClusterConnections((await sharedRedis()).access('queue'), () => {});
    await clients.ready;
    return { weddings: new RedisWeddings(clients), close: () => clients.close() };
  },
};

for (const [name, open] of Object.entries(adapters)) {
  describe(`the dates of weddings in ${name}`, function () {
    this.timeout(30_000);
    let opened: Opened;
    let weddings: Weddings;
    const newPartition = () => partitionOf(randomBytes(8).toString('hex'));
    const newWedding = () => digestOf(randomBytes(8).toString('hex'));
    before(async () => {
      opened = await open();
      weddings = opened.weddings;
    });
    after(() => opened.close());

    it('know no date of a wedding that was never moved', async () => {
      assert.equal(await weddings.dateOf(newPartition(), newWedding()), undefined);
    });

    it('know the date to which a wedding was moved last', async () => {
      const [partition, wedding] = [newPartition(), newWedding()];
      await weddings.move(partition, wedding, '2027-06-12');
      await weddings.move(partition, wedding, '2027-06-19');
      assert.equal(await weddings.dateOf(partition, wedding), '2027-06-19');
    });

    it('keep the weddings of one partition apart, and those of two', async () => {
      const [one, other, wedding] = [newPartition(), newPartition(), newWedding()];
      await weddings.move(one, wedding, '2027-06-12');
      assert.equal(await weddings.dateOf(other, wedding), undefined);
      assert.equal(await weddings.dateOf(one, newWedding()), undefined);
    });
  });
}
