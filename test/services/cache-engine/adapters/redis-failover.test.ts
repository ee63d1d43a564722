import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { whyNotReached } from '../../../../services/cache-engine/src/adapters/redis/access.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisLedger } from '../../../../services/cache-engine/src/adapters/redis/redis-ledger.ts';
import { RedisVendorKeys } from '../../../../services/cache-engine/src/adapters/redis/redis-vendor-keys.ts';
import { RedisWarmTier } from '../../../../services/cache-engine/src/adapters/redis/redis-warm-tier.ts';
import { recordKey } from '../../../../services/cache-engine/src/adapters/redis/warm-keys.ts';
import { LEDGER_PREFIX } from '../../../../services/cache-engine/src/contract.ts';
import { NOTHING } from '../../../../services/cache-engine/src/engine/savings/account.ts';
import { RedisCluster } from '../../../support/redis/cluster.ts';
import { ENGINE_ON_CACHE, ENGINE_ON_QUEUE } from '../../../support/redis/shared.ts';
import { newFrame, newListing, newPartition } from '../support/records.ts';

describe('the warm tier while Redis nodes die', function () {
  this.timeout(60_000);
  let cluster: RedisCluster;
  let clients: ClusterConnections;
  let tier: RedisWarmTier;

  beforeEach(async () => {
    cluster = await RedisCluster.start({ users: { cache: ENGINE_ON_CACHE, queue: ENGINE_ON_QUEUE } });
    clients = new ClusterConnections(cluster.access('cache'), () => {});
    await clients.ready;
    tier = new RedisWarmTier(clients);
  });
  afterEach(async () => {
    clients.close();
    await cluster.stop();
  });

  /** Stores records in all shards; their keys. */
  async function stored(count: number): Promise<string[]> {
    const frame = newFrame();
    const listings = Array.from({ length: count }, () => newListing(newPartition(), frame));
    await Promise.all(listings.map((listing) => tier.put(Buffer.from(listing.key), listing, frame)));
    return listings.map(({ key }) => key);
  }

  for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
    it(`finds every record through a master's end by ${signal}, without a gap, and stores new ones`, async () => {
      const keys = await stored(90);
      const victim = await cluster.masterOf(recordKey(keys[0] ?? ''));
      await victim.signal(signal);
      const ofVictim = stored(30);
      let failedOver = false;
      void ofVictim.then(() => (failedOver = true));
      let rounds = 0;
      while (!failedOver || rounds < 3) {
        const found = await Promise.all(keys.map((key) => tier.get(key)));
        assert.deepEqual(
          found.map((record) => record?.toString()),
          keys,
          `round ${rounds} after the kill`,
        );
        rounds++;
      }
      for (const key of await ofVictim) assert.equal((await tier.get(key))?.toString(), key);
      assert.equal(tier.up, true);
      await victim.signal('SIGCONT');
    });
  }

  it('reports that it is away when all of Redis is, fails fast, and is used again when Redis is back', async () => {
    const [key = ''] = await stored(1);
    await Promise.all(cluster.nodes.map((node) => node.signal('SIGKILL')));
    while (tier.up) await tier.get(key).catch(() => delay(20));
    await assert.rejects(tier.get(key));
    cluster.nodes.forEach((node) => node.start());
    const [again = ''] = await stored(1);
    assert.equal((await tier.get(again))?.toString(), again);
    assert.equal(tier.up, true);
  });

  it('books every saving once, also those whose booking was cut off and repeated', async () => {
    const queue = new ClusterConnections(cluster.access('queue'), () => {});
    try {
      await queue.ready;
      const ledgers = [new RedisLedger(queue), new RedisLedger(queue)];
      const savings = { ...NOTHING, hits: 1, tokens: 10 };
      const victim = await cluster.masterOf(`${LEDGER_PREFIX}{p}`);
      const adding = Array.from({ length: 300 }, async (_, number) => {
        await delay(10 * number);
        while (
          !(await ledgers[number % 2]?.add('p', '2026-06', savings).then(
            () => true,
            () => false,
          ))
        );
      });
      await delay(500);
      await victim.signal('SIGKILL');
      await delay(500);
      victim.start();
      await Promise.all(adding);
      const booked = { ...NOTHING, hits: 300, tokens: 3000 };
      assert.deepEqual(await ledgers[0]?.months('p'), [{ month: '2026-06', savings: booked }]);
    } finally {
      queue.close();
    }
  });

  it('confirms no API key that only a master holds, and loses none that was confirmed', async () => {
    const queue = new ClusterConnections(cluster.access('queue'), () => {});
    try {
      await queue.ready;
      const keys = new RedisVendorKeys(queue);
      const record = (hash: string) =>
        ({ keyId: `key_${hash}`, hash, vendorId: 'v', vendorType: 'dj', label: '', createdAt: 1 }) as const;
      const victim = await cluster.masterOf('vendor-key:{h0}');
      const confirmed: string[] = [];
      const adding = Promise.all(
        Array.from({ length: 20 }, (_, index) => keys.add(record(`h${index}`)).then(() => confirmed.push(`h${index}`))),
      );
      await victim.signal('SIGKILL');
      // Its shard has no replica now that could confirm, until it is back.
      victim.start();
      await adding;
      for (const hash of confirmed) assert.equal((await keys.find(hash))?.hash, hash);
      assert.equal((await keys.list()).length, 20);
    } finally {
      queue.close();
    }
  });
});

describe('a Redis Cluster that does not let the engine in', function () {
  this.timeout(30_000);
  let cluster: RedisCluster;
  before(async () => {
    cluster = await RedisCluster.start({ users: { cache: ENGINE_ON_CACHE, blind: '~answer:* +get' }, replicas: 0 });
  });
  after(() => cluster.stop());

  const cases: Readonly<Record<string, [change: () => Parameters<typeof whyNotReached>[0], reason: RegExp]>> = {
    'a wrong password': [() => ({ ...cluster.access('cache'), password: 'wrong' }), /WRONGPASS/],
    'a certificate of another authority': [() => ({ ...cluster.access('cache'), ca: '' }), /certificate|self-signed/],
    'a user without the commands': [() => cluster.access('blind'), /NOPERM/],
    'nobody listening': [
      () => ({ ...cluster.access('cache'), nodes: [{ host: '127.78.255.1', port: 1 }] }),
      /ECONNREFUSED/,
    ],
  };
  for (const [what, [change, reason]] of Object.entries(cases)) {
    it(`is explained: ${what}`, async () => {
      assert.match(await whyNotReached(change()), reason);
    });
  }
});
