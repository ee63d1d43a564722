import { HedgedRead, type ReadConnections } from './hedged-read.ts';
import { Suspects } from './suspects.ts';

/** Milliseconds between rounds: a master may take one to two of them before its replicas are asked as well. */
const ROUND = 20;

/**
 * Reads of single keys that a slow or dead master does not hold up. Promises:
 * - a key that the master or a replica is known to hold is found as soon as the first of them answers; the replicas are
 *   asked at once when the master cannot be, and after a moment when it does not answer;
 * - "not there" is the master's word. A replica may lag behind, and a master that this engine has lost may be back and have
 *   taken another engine's write, so a replica's "not there" counts only when the master stayed lost until the deadline;
 * - every read settles within the deadline: with the value, with `undefined`, or with RedisUnavailable; at once with that
 *   when none of the key's nodes is connected.
 *
 * One timer watches over all reads, in rounds: a timer each would cost as much as the reads themselves.
 */
export class HedgedReader {
  readonly #parts: { readonly cluster: ReadConnections; readonly suspects: Suspects };
  #begunInRound: HedgedRead[] = [];
  #begunBefore: HedgedRead[] = [];
  #round: NodeJS.Timeout | undefined;

  constructor(cluster: ReadConnections) {
    this.#parts = { cluster, suspects: new Suspects() };
  }

  /** The value of `key`, `undefined` when there is none. */
  get(key: string): Promise<Buffer | undefined> {
    return new Promise((resolve, reject) => {
      const read = new HedgedRead(this.#parts, key, resolve, reject);
      read.begin();
      this.#begunInRound.push(read);
      if (this.#round === undefined) this.#round = setTimeout(this.#nextRound, ROUND);
    });
  }

  readonly #nextRound = (): void => {
    const due = this.#begunBefore;
    this.#begunBefore = this.#begunInRound;
    this.#begunInRound = [];
    this.#round = this.#begunBefore.length > 0 ? setTimeout(this.#nextRound, ROUND) : undefined;
    for (const read of due) read.hedge();
  };
}
