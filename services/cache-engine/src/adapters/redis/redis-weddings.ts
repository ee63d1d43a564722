import { WEDDING_PREFIX } from '../../contract.ts';
import type { Weddings } from '../../ports/weddings.ts';
import type { ClusterConnections } from './cluster.ts';
import { MasterReader } from './master-reader.ts';
import { ReplicatedWriter, type WritePolicy } from './replicated-writer.ts';

/** A date that was confirmed must hold after a failover too: answers' lifetimes go by it. */
const WRITE: WritePolicy = { giveUpAfter: 5_000, confirmWithin: 300, masterSuffices: false };

/** Milliseconds for which a date is looked for: an answer waits for it. */
const READ_FOR = 1_000;

/** The dates of weddings that moved, in a durable Redis Cluster: a hash from wedding to date for each partition. */
export class RedisWeddings implements Weddings {
  readonly #master: MasterReader;
  readonly #writer: ReplicatedWriter;

  constructor(cluster: ClusterConnections) {
    this.#master = new MasterReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  async dateOf(partition: string, wedding: string): Promise<string | undefined> {
    const hash = keyOf(partition);
    const date = await this.#master.read(hash, (master) => master.hget(hash, wedding), READ_FOR);
    return date ?? undefined;
  }

  async move(partition: string, wedding: string, date: string): Promise<void> {
    await this.#writer.write(() => [['hset', keyOf(partition), wedding, date]]);
  }
}

function keyOf(partition: string): string {
  return `${WEDDING_PREFIX}{${partition}}`;
}
