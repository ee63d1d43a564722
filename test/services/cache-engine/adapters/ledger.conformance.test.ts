import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MemoryLedger } from '../../../../services/cache-engine/src/adapters/memory/memory-ledger.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisLedger } from '../../../../services/cache-engine/src/adapters/redis/redis-ledger.ts';
import { NOTHING, plus } from '../../../../services/cache-engine/src/engine/savings/account.ts';
import type { Ledger, Savings } from '../../../../services/cache-engine/src/ports/ledger.ts';
import { fc } from '../../../support/property.ts';
import { sharedRedis } from '../../../support/redis/shared.ts';

interface Opened {
  readonly ledger: Ledger;
  readonly close: () => void;
}

const adapters: Readonly<Record<string, () => Promise<Opened>>> = {
  memory: async () => ({ ledger: new MemoryLedger(), close: () => {} }),
  'Redis Cluster': async () => {
    const clients = new ClusterConnections((await sharedRedis()).access('queue'), () => {});
    await clients.ready;
    return { ledger: new RedisLedger(clients), close: () => clients.close() };
  },
};

const counted = fc.record<Savings>(
  {
    hits: fc.nat(),
    misses: fc.nat(),
    semanticHits: fc.nat(),
    staleHits: fc.nat(),
    tokens: fc.nat(),
    microDollars: fc.nat(),
    milliseconds: fc.nat(),
  },
  { noNullPrototype: true },
);

for (const [name, open] of Object.entries(adapters)) {
  describe(`the ledger of savings in ${name}`, function () {
    this.timeout(30_000);
    let opened: Opened;
    let ledger: Ledger;
    const hits = (number: number): Savings => ({ ...NOTHING, hits: number });
    before(async () => {
      opened = await open();
      ledger = opened.ledger;
    });
    after(() => opened.close());

    it('has nothing of a vendor for whom nothing was booked', async () => {
      assert.deepEqual(await ledger.months(randomUUID()), []);
    });

    it('adds up what is booked, each figure for itself', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(counted, { minLength: 1, maxLength: 5 }), async (bookings) => {
          const partition = randomUUID();
          for (const savings of bookings) await ledger.add(partition, '2026-06', savings);
          assert.deepEqual(await ledger.months(partition), [{ month: '2026-06', savings: bookings.reduce(plus) }]);
        }),
        { numRuns: 20 },
      );
    });

    it('adds up what is booked at the same time', async () => {
      const partition = randomUUID();
      await Promise.all(Array.from({ length: 20 }, () => ledger.add(partition, '2026-06', hits(1))));
      assert.deepEqual(await ledger.months(partition), [{ month: '2026-06', savings: hits(20) }]);
    });

    it('keeps months apart and lists them oldest first', async () => {
      const partition = randomUUID();
      for (const month of ['2026-10', '2025-12', '2026-09']) await ledger.add(partition, month, hits(1));
      const months = (await ledger.months(partition)).map(({ month }) => month);
      assert.deepEqual(months, ['2025-12', '2026-09', '2026-10']);
    });

    it('keeps vendors apart', async () => {
      const [one, other] = [randomUUID(), randomUUID()];
      await ledger.add(one, '2026-06', hits(1));
      await ledger.add(other, '2026-06', hits(2));
      assert.deepEqual(await ledger.months(one), [{ month: '2026-06', savings: hits(1) }]);
    });
  });
}
