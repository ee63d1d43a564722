import type { ReadLane } from './read-lane.ts';
import { RedisUnavailable } from './redis-unavailable.ts';
import type { NodeAddress, Shard } from './slot-map.ts';
import type { Suspects } from './suspects.ts';

/** Milliseconds between looks for a node that was not connected, or was not there before. */
const ASK_AGAIN = 25;
/** Milliseconds that a read goes on once its replicas are asked: still less than a call to an AI, and more than a busy machine's hiccup. */
const GIVE_UP_AFTER = 970;

/** What a read needs of a cluster. */
export interface ReadConnections {
  /** The nodes that hold `key`, master first; `undefined` when no node is known to. */
  shardOf(key: string): Shard | undefined;
  /** Reads from a node; `undefined` when it is not connected. */
  lane(address: NodeAddress): Pick<ReadLane, 'get'> | undefined;
  /** The slot map may be out of date. */
  doubt(): void;
}

/** One read of a key: of its master alone at first, and of all its nodes once that is slow or lost. */
export class HedgedRead {
  readonly #cluster: ReadConnections;
  readonly #suspects: Suspects;
  readonly #key: string;
  readonly #resolve: (value: Buffer | undefined) => void;
  readonly #reject: (error: RedisUnavailable) => void;
  #settled = false;
  #masterLost = false;
  #replicaSaysAbsent = false;
  // Most reads ask one node and need neither a set nor a timer.
  #askedFirst: NodeAddress | undefined;
  #askedAlso: Set<NodeAddress> | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(
    parts: { readonly cluster: ReadConnections; readonly suspects: Suspects },
    key: string,
    resolve: (value: Buffer | undefined) => void,
    reject: (error: RedisUnavailable) => void,
  ) {
    this.#cluster = parts.cluster;
    this.#suspects = parts.suspects;
    this.#key = key;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Asks the master. */
  begin(): void {
    const master = this.#master();
    if (master === undefined) return this.#fail();
    this.#ask(master);
    if (this.#suspects.has(master)) this.#askEverybody();
  }

  /** Asks the replicas as well, if there is no answer yet. To be called when the master has had its time. */
  hedge(): void {
    if (this.#settled) return;
    this.#suspects.add(this.#master());
    this.#cluster.doubt();
    this.#deadline = setTimeout(() => {
      if (this.#masterLost && this.#replicaSaysAbsent) this.#finish(undefined);
      else this.#fail();
    }, GIVE_UP_AFTER);
    this.#askEverybody();
  }

  #ask(address: NodeAddress): void {
    const reply = this.#cluster.lane(address)?.get(this.#key);
    if (reply === undefined) return this.#lost(address);
    if (this.#askedFirst === undefined) this.#askedFirst = address;
    else (this.#askedAlso ??= new Set()).add(address);
    reply.then(
      (value) => this.#answered(address, value),
      () => {
        if (this.#askedFirst === address) this.#askedFirst = undefined;
        else this.#askedAlso?.delete(address);
        this.#lost(address);
      },
    );
  }

  #answered(address: NodeAddress, value: Buffer | null): void {
    if (value !== null) this.#finish(value);
    else if (address === this.#master()) this.#finish(undefined);
    else this.#replicaSaysAbsent = true;
  }

  #lost(address: NodeAddress): void {
    if (this.#settled) return;
    this.#masterLost ||= address === this.#master();
    this.#cluster.doubt();
    if (this.#nodes().some((node) => this.#cluster.lane(node) !== undefined)) this.#askEverybody();
    else this.#fail();
  }

  /** Again and again, since a node may come back, and another may become the master. */
  #askEverybody(): void {
    if (this.#settled || this.#again !== undefined) return;
    this.#again = setTimeout(() => {
      this.#again = undefined;
      this.#askEverybody();
    }, ASK_AGAIN);
    for (const address of this.#nodes()) {
      if (address !== this.#askedFirst && !this.#askedAlso?.has(address)) this.#ask(address);
    }
  }

  #nodes(): Shard {
    return this.#cluster.shardOf(this.#key) ?? [];
  }

  #master(): NodeAddress | undefined {
    return this.#cluster.shardOf(this.#key)?.[0];
  }

  #finish(value: Buffer | undefined): void {
    if (this.#settle()) this.#resolve(value);
  }

  #fail(): void {
    if (this.#settle()) this.#reject(new RedisUnavailable());
  }

  /** Whether it was not settled before. */
  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    if (this.#deadline !== undefined) clearTimeout(this.#deadline);
    if (this.#again !== undefined) clearTimeout(this.#again);
    return true;
  }
}
