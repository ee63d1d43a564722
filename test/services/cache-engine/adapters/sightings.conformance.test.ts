import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { MemorySightings } from '../../../../services/cache-engine/src/adapters/memory/memory-sightings.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisSightings } from '../../../../services/cache-engine/src/adapters/redis/redis-sightings.ts';
import { digestOf, partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import type { Sightings } from '../../../../services/cache-engine/src/ports/sightings.ts';
import { sharedRedis } from '../../../support/redis/shared.ts';

interface Opened {
  readonly sightings: Sightings;
  readonly close: () => void;
}

const adapters: Readonly<Record<string, () => Promise<Opened>>> = {
  memory: async () => ({ sightings: new MemorySightings(), close: () => {} }),
  'Redis Cluster': async () => {
    const clients = new ClusterConnections((await sharedRedis()).access('cache'), () => {});
    await clients.ready;
    return { sightings: new RedisSightings(clients), close: () => clients.close() };
  },
};

for (const [name, open] of Object.entries(adapters)) {
  describe(`sightings in ${name}`, function () {
    this.timeout(30_000);
    let opened: Opened;
    let sightings: Sightings;
    const newQuestion = () => digestOf(randomBytes(8).toString('hex'));
    const newVendor = () => partitionOf(randomBytes(8).toString('hex'));
    before(async () => {
      opened = await open();
      sightings = opened.sightings;
    });
    after(() => opened.close());

    it('count the first vendor as one', async () => {
      assert.equal(await sightings.seen(newQuestion(), newVendor()), 1);
    });

    it('count a vendor once, however often it asks', async () => {
      const [question, vendor] = [newQuestion(), newVendor()];
      for (let time = 0; time < 5; time++) assert.equal(await sightings.seen(question, vendor), 1);
    });

    it('count different vendors, and go on counting the earlier ones', async () => {
      const question = newQuestion();
      const vendors = [newVendor(), newVendor(), newVendor()] as const;
      for (const [index, vendor] of vendors.entries()) assert.equal(await sightings.seen(question, vendor), index + 1);
      assert.equal(await sightings.seen(question, vendors[0]), 3);
    });

    it('keep questions apart', async () => {
      const vendor = newVendor();
      const [one, other] = [newQuestion(), newQuestion()];
      await sightings.seen(one, newVendor());
      assert.equal(await sightings.seen(one, vendor), 2);
      assert.equal(await sightings.seen(other, vendor), 1);
    });

    it('lose no vendor when many ask at once', async () => {
      const question = newQuestion();
      const counts = await Promise.all(Array.from({ length: 20 }, () => sightings.seen(question, newVendor())));
      assert.equal(Math.max(...counts), 20);
    });
  });
}
