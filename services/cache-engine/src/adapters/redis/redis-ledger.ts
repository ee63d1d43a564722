import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { LEDGER_PREFIX } from '../../contract.ts';
import { NOTHING, plus } from '../../engine/savings/account.ts';
import type { Ledger, Savings } from '../../ports/ledger.ts';
import type { ClusterConnections } from './cluster.ts';
import { MasterReader } from './master-reader.ts';
import { DURABLE, ReplicatedWriter } from './replicated-writer.ts';

/** Accounts that are kept at hand; one that is dropped is followed by another one with a name of its own. */
const ACCOUNTS = 20_000;

/** What this process has booked for one partition and month. */
interface Account {
  /** Unique among all processes. */
  readonly name: string;
  total: Savings;
}

/**
 * The books in a durable Redis Cluster: for each partition and month a hash in which every process keeps its own total, and a set of
 * the months. A total is written whole, so that a write can be repeated when nobody knows whether it was done; increments would
 * count twice then, or not at all.
 */
export class RedisLedger implements Ledger {
  readonly #master: MasterReader;
  readonly #writer: ReplicatedWriter;
  readonly #accounts = new LRUCache<string, Account>({ max: ACCOUNTS });

  constructor(cluster: ClusterConnections) {
    this.#master = new MasterReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, DURABLE);
  }

  async add(partition: string, month: string, savings: Savings): Promise<void> {
    const key = monthKey(partition, month);
    const account = this.#accounts.get(key) ?? { name: randomUUID(), total: NOTHING };
    this.#accounts.set(key, account);
    account.total = plus(account.total, savings);
    try {
      // The total at the moment of each attempt: of writes that overtake one another, the last to arrive is right.
      await this.#writer.write(() => [
        ['hset', key, account.name, JSON.stringify(account.total)],
        ['sadd', monthsKey(partition), month],
      ]);
    } catch (error) {
      // Should it have been stored after all, the next write takes it back.
      account.total = plus(account.total, negative(savings));
      throw error;
    }
  }

  async months(partition: string): Promise<readonly { readonly month: string; readonly savings: Savings }[]> {
    const index = monthsKey(partition);
    const months = await this.#master.read(index, async (master) => {
      const names = await master.smembers(index);
      return Promise.all(
        names.map(async (month) => {
          const totals = Object.values(await master.hgetall(monthKey(partition, month)));
          return { month, savings: totals.map((text) => JSON.parse(text) as Savings).reduce(plus, NOTHING) };
        }),
      );
    });
    return months.sort((one, other) => (one.month < other.month ? -1 : 1));
  }
}

function negative(savings: Savings): Savings {
  const counts = Object.entries(savings) as [keyof Savings, number][];
  return Object.fromEntries(counts.map(([name, count]) => [name, -count])) as Record<keyof Savings, number>;
}

function monthKey(partition: string, month: string): string {
  return `${LEDGER_PREFIX}{${partition}}:${month}`;
}

function monthsKey(partition: string): string {
  return `${LEDGER_PREFIX}{${partition}}`;
}
