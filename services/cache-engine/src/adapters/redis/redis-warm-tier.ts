import type { AnswerKey } from '../../engine/answer-key.ts';
import { CACHE_KEY_PREFIX } from '../../contract.ts';
import type { WarmTier } from '../../ports/warm-tier.ts';
import type { ClusterConnections } from './cluster.ts';
import { HedgedReader } from './hedged-read.ts';
import { RedisUnavailable } from './redis-unavailable.ts';
import { ReplicatedWriter, type WritePolicy } from './replicated-writer.ts';

/**
 * A write goes on after its answer was given without it, long enough to outlast a failover. A cache may lose an entry:
 * where no replica confirms, the master's word is enough.
 */
const WRITE: WritePolicy = { giveUpAfter: 30_000, confirmWithin: 200, masterSuffices: true };

/** Writes that may wait for Redis at once; more would fill the memory of an engine whose Redis is gone. */
const MOST_WRITES = 1000;

/** The warm tier in a Redis Cluster. */
export class RedisWarmTier implements WarmTier {
  readonly #cluster: ClusterConnections;
  readonly #reader: HedgedReader;
  readonly #writer: ReplicatedWriter;
  #writing = 0;

  constructor(cluster: ClusterConnections) {
    this.#cluster = cluster;
    this.#reader = new HedgedReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  get up(): boolean {
    return this.#cluster.reached;
  }

  get(key: AnswerKey): Promise<Buffer | undefined> {
    return this.#reader.get(CACHE_KEY_PREFIX + key);
  }

  async set(key: AnswerKey, record: Buffer, expiresAt: number): Promise<void> {
    if (this.#writing >= MOST_WRITES) throw new RedisUnavailable('Too many writes wait for Redis already.');
    this.#writing++;
    try {
      await this.#writer.write(() => [
        'set',
        CACHE_KEY_PREFIX + key,
        record,
        'PX',
        Math.max(1, expiresAt - Date.now()),
      ]);
    } finally {
      this.#writing--;
    }
  }
}
