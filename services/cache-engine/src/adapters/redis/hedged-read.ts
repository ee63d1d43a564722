import type { ClusterConnections } from './cluster.ts';
import { RedisUnavailable } from './redis-unavailable.ts';
import type { NodeAddress } from './slot-map.ts';

/** Milliseconds that a master may take before its replicas are asked as well. */
const HEDGE_AFTER = 30;
/** Milliseconds between looks for a node that was not connected, or was not there before. */
const ASK_AGAIN = 25;
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
 * - "not there" is the master's word. A replica may lag behind, and a master that this engine has lost may be back and have
 *   taken another engine's write, so a replica's "not there" counts only when the master stayed lost until the deadline;
 * - every read settles within the deadline: with the value, with `undefined`, or with RedisUnavailable; at once with that
 *   when none of the key's nodes is connected.
 */
export class HedgedReader {
  readonly #cluster: ReadConnections;
  readonly #suspects = new Map<NodeAddress, number>();

  constructor(cluster: ReadConnections) {
    this.#cluster = cluster;
  }

  /** The value of `key`, `undefined` when there is none. */
  get(key: string): Promise<Buffer | undefined> {
    return new Promise((resolve, reject) => {
      const asked = new Set<NodeAddress>();
      let settled = false;
      let masterLost = false;
      let replicaSaysAbsent = false;
      let again: NodeJS.Timeout | undefined;
      const settle = (act: () => void) => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        clearTimeout(again);
        act();
      };
      const finish = (value?: Buffer) => settle(() => resolve(value));
      const fail = () => settle(() => reject(new RedisUnavailable()));

      const ask = (address: NodeAddress) => {
        const reply = this.#cluster.reads(address)?.getBuffer(key);
        if (reply === undefined) return lost(address);
        asked.add(address);
        const answered = (value: Buffer | null) => {
          if (value !== null) finish(value);
          else if (address === this.#masterOf(key)) finish();
          else replicaSaysAbsent = true;
        };
        reply.then(answered, () => (asked.delete(address), lost(address)));
      };
      const lost = (address: NodeAddress) => {
        if (settled) return;
        masterLost ||= address === this.#masterOf(key);
        this.#cluster.doubt();
        if (this.#anyConnected(key)) askEverybody();
        else fail();
      };
      // Again and again, since a node may come back, and another may become the master.
      const askEverybody = () => {
        if (settled || again !== undefined) return;
        again = setTimeout(() => ((again = undefined), askEverybody()), ASK_AGAIN);
        for (const address of this.#cluster.shardOf(key) ?? []) if (!asked.has(address)) ask(address);
      };
      const hedge = () => {
        this.#suspect(this.#masterOf(key));
        this.#cluster.doubt();
        timer = setTimeout(() => (masterLost && replicaSaysAbsent ? finish() : fail()), READ_DEADLINE - HEDGE_AFTER);
        askEverybody();
      };

      let timer = setTimeout(hedge, HEDGE_AFTER);
      const master = this.#masterOf(key);
      if (master === undefined) fail();
      else {
        ask(master);
        if (this.#isSuspect(master)) askEverybody();
      }
    });
  }

  #masterOf(key: string): NodeAddress | undefined {
    return this.#cluster.shardOf(key)?.[0];
  }

  #anyConnected(key: string): boolean {
    return (this.#cluster.shardOf(key) ?? []).some((address) => this.#cluster.reads(address) !== undefined);
  }

  #suspect(master: NodeAddress | undefined): void {
    if (master !== undefined) this.#suspects.set(master, performance.now() + SUSPECT_FOR);
  }

  #isSuspect(master: NodeAddress): boolean {
    const until = this.#suspects.get(master);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    this.#suspects.delete(master);
    return false;
  }
}
