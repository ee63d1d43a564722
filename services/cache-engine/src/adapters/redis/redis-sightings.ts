import { CACHE_KEY_PREFIX } from '../../contract.ts';
import type { Sightings } from '../../ports/sightings.ts';
import type { ClusterConnections } from './cluster.ts';
import { ReplicatedWriter, type WritePolicy } from './replicated-writer.ts';

/** Nothing waits for a sighting for long; one that is lost delays sharing and does no harm. */
const WRITE: WritePolicy = { giveUpAfter: 1_000, confirmWithin: 50, masterSuffices: true };

/** Milliseconds after the last sighting until a question is forgotten: 30 days. */
const KEPT_FOR = 30 * 24 * 3600 * 1000;

/** Vendors that are remembered for a question: far more than any rule of sharing asks for. */
const MOST = 1000;

/** Sightings in the cache's Redis Cluster: a set of vendors for each question, exact up to a thousand of them. */
export class RedisSightings implements Sightings {
  readonly #writer: ReplicatedWriter;

  constructor(cluster: ClusterConnections) {
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  async seen(question: string, vendor: string): Promise<number> {
    const key = `${CACHE_KEY_PREFIX}{seen:${question}}`;
    const [, count] = await this.#writer.write(() => [
      ['sadd', key, vendor],
      ['scard', key],
      ['pexpire', key, KEPT_FOR],
    ]);
    if (Number(count) > MOST) this.#writer.write(() => [['srem', key, vendor]]).catch(() => {});
    return Math.min(Number(count), MOST);
  }
}
