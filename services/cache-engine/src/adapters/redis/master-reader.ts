import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { ClusterConnections } from './cluster.ts';
import { RedisUnavailable } from './redis-unavailable.ts';

/** Milliseconds for which a read is tried: long enough to outlast most failovers. */
const READ_FOR = 4_000;
/** Milliseconds between attempts. */
const PAUSE = 50;
/** Milliseconds after which one attempt is given up: a master that hangs is asked again when another has taken over. */
const ATTEMPT = 1_000;

/** Reads that must show what was written last: by a key's master alone, and again while there is none. */
export class MasterReader {
  readonly #cluster: ClusterConnections;

  constructor(cluster: ClusterConnections) {
    this.#cluster = cluster;
  }

  /**
   * What `read` finds at the master of `key`.
   * @throws RedisUnavailable with the last reason, when no attempt succeeded in time.
   */
  async read<Result>(key: string, read: (master: Redis) => Promise<Result>, readFor = READ_FOR): Promise<Result> {
    const end = performance.now() + readFor;
    for (;;) {
      try {
        return await this.#attempt(key, read, Math.min(ATTEMPT, end - performance.now()));
      } catch (error) {
        this.#cluster.doubt();
        if (performance.now() + PAUSE >= end) {
          throw error instanceof RedisUnavailable
            ? error
            : new RedisUnavailable(`Redis did not answer: ${reasonOf(error)}.`);
        }
        await delay(PAUSE);
      }
    }
  }

  #attempt<Result>(key: string, read: (master: Redis) => Promise<Result>, timeout: number): Promise<Result> {
    const [master] = this.#cluster.shardOf(key) ?? [];
    const connection = master === undefined ? undefined : this.#cluster.reads(master);
    if (connection === undefined) return Promise.reject(new RedisUnavailable());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new RedisUnavailable()), timeout);
      read(connection)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
