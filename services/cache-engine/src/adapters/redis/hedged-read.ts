import type { ClusterConnections } from './cluster.ts';
import { RedisUnavailable } from './redis-unavailable.ts';
import type { NodeAddress } from './slot-map.ts';

/** Milliseconds that a master may take before its replicas are asked as well. */
const HEDGE_AFTER = 30;
/** Milliseconds after which a read is given up: still less than a call to an AI, and more than a busy machine's hiccup. */
const READ_DEADLINE = 1000;
/** Milliseconds for which a master that left a read unanswered is asked together with its replicas from the start. */
const SUSPECT_FOR = 500;

/** What a reader needs of a cluster. */
export type ReadConnections = Pick<ClusterConnections, 'shardOf' | 'reads' | 'doubt'>;

/**
 * Reads of single keys that a slow or dead master does not hold up. Promises:
 * - a key that the master or a replica is known to hold is found as soon as the first of them answers; the replicas are
 *   asked at once when the master cannot be, and after a moment when it does not answer;
 * - "not there" is the master's word. A replica may lag behind, so its "not there" counts only when the master has
 *   failed; while the master may still answer, it is waited for, up to a deadline;
 * - every read settles within the deadline: with the value, with `undefined`, or with RedisUnavailable.
 */
export class HedgedReader {
  readonly #cluster: ReadConnections;
  readonly #suspects = new Map<NodeAddress, number>();

  constructor(cluster: ReadConnections) {
    this.#cluster = cluster;
  }

  /** The value of `key`, `undefined` when there is none. */
  get(key: string): Promise<Buffer | undefined> {
    const [master, ...replicas] = this.#cluster.shardOf(key) ?? [];
    if (master === undefined) return Promise.reject(new RedisUnavailable());
    return new Promise((resolve, reject) => {
      let unanswered = 0;
      let replicasAsked = false;
      let saysAbsent = false;
      const finish = (value: Buffer | undefined) => (clearTimeout(timer), resolve(value));
      const fail = () => (clearTimeout(timer), reject(new RedisUnavailable()));
      const ask = (address: NodeAddress, absent: () => void, failed: () => void) => {
        const connection = this.#cluster.reads(address);
        unanswered++;
        const reply = connection?.getBuffer(key) ?? Promise.reject(new RedisUnavailable());
        reply.then((value) => (value === null ? absent() : finish(value)), failed);
      };
      const settleOne = () => {
        if (--unanswered > 0) return;
        if (saysAbsent) finish(undefined);
        else fail();
      };
      const askReplicas = () => {
        if (replicasAsked) return;
        replicasAsked = true;
        const absent = () => ((saysAbsent = true), settleOne());
        for (const replica of replicas) ask(replica, absent, settleOne);
      };
      const hedge = () => {
        this.#suspects.set(master, performance.now() + SUSPECT_FOR);
        this.#cluster.doubt();
        timer = setTimeout(fail, READ_DEADLINE - HEDGE_AFTER);
        askReplicas();
      };
      let timer = setTimeout(hedge, HEDGE_AFTER);
      ask(
        master,
        () => finish(undefined),
        () => {
          this.#cluster.doubt();
          askReplicas();
          settleOne();
        },
      );
      if (this.#isSuspect(master)) askReplicas();
    });
  }

  #isSuspect(master: NodeAddress): boolean {
    const until = this.#suspects.get(master);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    this.#suspects.delete(master);
    return false;
  }
}
