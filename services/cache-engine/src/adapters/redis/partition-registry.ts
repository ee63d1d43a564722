import { LRUCache } from 'lru-cache';
import { CACHE_KEY_PREFIX } from '../../contract.ts';
import type { ClusterConnections } from './cluster.ts';
import { MasterReader } from './master-reader.ts';
import { ReplicatedWriter, type WritePolicy } from './replicated-writer.ts';
import { scanScores } from './scan.ts';

/** A put waits for its partition's registration, so it must not be held up for long; what fails is made up for by the next put. */
const WRITE: WritePolicy = { giveUpAfter: 2_000, confirmWithin: 200, masterSuffices: true };

/** Partitions of whose registration this process knows. */
const REMEMBERED = 20_000;

/** Milliseconds by which a partition is registered for longer than asked: the puts of a day then need one registration. */
const AHEAD = 24 * 3600 * 1000;

/** Sorted set over all partitions: until when each may hold something. */
const KEY = `${CACHE_KEY_PREFIX}{partitions}`;

/** Which partitions the warm tier has. Their keys lie in as many slots, which is why they are registered in one of its own. */
export class PartitionRegistry {
  readonly #master: MasterReader;
  readonly #writer: ReplicatedWriter;
  readonly #registered = new LRUCache<string, number>({ max: REMEMBERED });

  constructor(cluster: ClusterConnections) {
    this.#master = new MasterReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  /** Notes that a partition holds something until `expiresAt`. Resolves also when that failed: the next call tries again. */
  async register(partition: string, expiresAt: number): Promise<void> {
    if ((this.#registered.get(partition) ?? 0) >= expiresAt) return;
    const until = expiresAt + AHEAD;
    try {
      await this.#writer.write(() => [['zadd', KEY, 'GT', until, partition]]);
      this.#registered.set(partition, until);
    } catch {
      // The record is stored all the same.
    }
  }

  /** The partitions that may hold something. */
  async list(): Promise<readonly string[]> {
    const now = Date.now();
    const partitions = [...(await this.#master.read(KEY, (master) => scanScores(master, KEY)))];
    const current = partitions.filter(([, until]) => until > now).map(([partition]) => partition);
    if (current.length < partitions.length) {
      this.#writer.write(() => [['zremrangebyscore', KEY, '-inf', now]]).catch(() => {});
    }
    return current;
  }
}
