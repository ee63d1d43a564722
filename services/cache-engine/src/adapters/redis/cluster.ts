import type { Redis } from 'ioredis';
import { openNode, type RedisAccess } from './access.ts';
import { ReadLane } from './read-lane.ts';
import { mostCommon, SlotMap, type NodeAddress, type Shard } from './slot-map.ts';

/** Milliseconds between looks at the slot map while all goes well. */
const LOOK_EVERY = 5000;
/** Milliseconds between looks while a shard shows no replica: it may be about to, and a read may soon need it. */
const LOOK_FOR_REPLICAS = 500;
/** Milliseconds between looks while something is wrong. */
const LOOK_AGAIN = 200;
/** Milliseconds until the first look, unless a node is connected earlier. */
const LOOK_FIRST = 1000;
/** Milliseconds that a node may take to tell its slot map. */
const LOOK_TIMEOUT = 250;

/** The connections to one node. */
interface Node {
  /** For reads, also of what the node only replicates. */
  readonly reads: Redis;
  /** The same, for single strings. */
  readonly lane: ReadLane;
  /** For writes, opened on masters: `WAIT` blocks its connection, and a read must never stand behind one. */
  writes: Redis | undefined;
}

/**
 * The engine's own view of a Redis Cluster: the slot map and a connection to each node. It exists beside ioredis'
 * Cluster because reads here go to a master and its replicas at once when the master fails, which needs to know both at
 * any time; there a redirection in mid-failover forgets the replicas, and reads paused for hundreds of milliseconds.
 */
export class ClusterConnections {
  readonly #access: RedisAccess;
  readonly #onTrouble: () => void;
  readonly #nodes = new Map<NodeAddress, Node>();
  readonly #whenReady = Promise.withResolvers<void>();
  #map: SlotMap | undefined;
  #reached = false;
  #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #looking = false;
  #closed = false;

  /**
   * Begins to connect.
   * @param onTrouble called, maybe often, when no node can be reached.
   */
  constructor(access: RedisAccess, onTrouble: () => void) {
    this.#access = access;
    this.#onTrouble = onTrouble;
    this.#openSeeds();
    this.#lookIn(LOOK_FIRST);
  }

  /** Whether any node could be reached at the last look. */
  get reached(): boolean {
    return this.#reached;
  }

  /** Resolves when the slot map is known and its nodes are connected. */
  get ready(): Promise<void> {
    return this.#whenReady.promise;
  }

  /** The nodes that hold `key`, master first; `undefined` when no node is known to. */
  shardOf(key: string): Shard | undefined {
    return this.#map?.shardOf(key);
  }

  /** The connection for reads from a node; `undefined` when there is none that works. */
  reads(address: NodeAddress): Redis | undefined {
    const reads = this.#nodes.get(address)?.reads;
    return reads?.status === 'ready' ? reads : undefined;
  }

  /** The connection for reads of single strings from a node; `undefined` when there is none that works. */
  lane(address: NodeAddress): ReadLane | undefined {
    const node = this.#nodes.get(address);
    return node?.reads.status === 'ready' ? node.lane : undefined;
  }

  /** The connection for writes to a node; `undefined` when there is none that works. */
  writes(address: NodeAddress): Redis | undefined {
    const writes = this.#nodes.get(address)?.writes;
    return writes?.status === 'ready' ? writes : undefined;
  }

  /** Opens a connection to a node that is the caller's alone, and the caller's to close. */
  open(address: NodeAddress): Redis {
    return openNode(this.#access, address, { autoResubscribe: false });
  }

  /** Something a node said or did not say makes the slot map doubtful: look again soon. */
  doubt(): void {
    if (!this.#looking && !this.#closed) this.#lookIn(LOOK_AGAIN);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const address of this.#nodes.keys()) this.#drop(address);
  }

  /** Asks every node for the slot map and takes over what most of them say. */
  async #look(): Promise<void> {
    this.#looking = true;
    this.#timer = undefined;
    const maps = await Promise.all([...this.#nodes].map(([address, { reads }]) => slotMapOf(address, reads)));
    this.#looking = false;
    if (this.#closed) return;
    const map = mostCommon(maps.filter((one) => one !== undefined));
    this.#reached = map !== undefined;
    if (map === undefined) {
      // All known nodes are gone, their addresses maybe too: begin again with the names that were configured.
      this.#openSeeds();
      this.#onTrouble();
    } else this.#takeOver(map);
    this.#lookIn(this.#pause());
  }

  /** Until the next look, in milliseconds. */
  #pause(): number {
    if (!this.#settled()) return LOOK_AGAIN;
    return this.#map?.replicated ? LOOK_EVERY : LOOK_FOR_REPLICAS;
  }

  /** Looks after `milliseconds`, or earlier where that was planned: many doubts must not put off what they ask for. */
  #lookIn(milliseconds: number): void {
    const due = performance.now() + milliseconds;
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.#look(), milliseconds);
  }

  #takeOver(map: SlotMap): void {
    this.#map = map;
    const { nodes, masters } = map;
    for (const address of this.#nodes.keys()) if (!nodes.has(address)) this.#drop(address);
    for (const address of nodes) this.#keep(address);
    for (const address of masters) {
      const node = this.#nodes.get(address);
      if (node === undefined || node.writes !== undefined) continue;
      node.writes = openNode(this.#access, address);
      node.writes.on('ready', () => this.#connected());
    }
  }

  /** A connection was made: the first of all is worth a look at once, the last that was missing makes the cluster ready. */
  #connected(): void {
    if (this.#settled() || this.#looking) return;
    this.#lookIn(this.#map === undefined ? 0 : LOOK_AGAIN);
  }

  /** Whether every node is connected as it should be. Tells those who wait for that. */
  #settled(): boolean {
    const map = this.#map;
    if (map === undefined || !this.#reached) return false;
    const nodes = [...map.nodes].every((address) => this.reads(address) !== undefined);
    const masters = [...map.masters].every((address) => this.writes(address) !== undefined);
    if (nodes && masters) this.#whenReady.resolve();
    return nodes && masters;
  }

  #openSeeds(): void {
    for (const { host, port } of this.#access.nodes) this.#keep(`${host}:${port}`);
  }

  #keep(address: NodeAddress): void {
    if (this.#nodes.has(address)) return;
    const reads = openNode(this.#access, address, { readOnly: true });
    reads.on('ready', () => this.#connected());
    reads.on('close', () => this.doubt());
    this.#nodes.set(address, { reads, lane: new ReadLane(reads), writes: undefined });
  }

  #drop(address: NodeAddress): void {
    const node = this.#nodes.get(address);
    this.#nodes.delete(address);
    node?.reads.disconnect();
    node?.writes?.disconnect();
  }
}

async function slotMapOf(address: NodeAddress, reads: Redis): Promise<SlotMap | undefined> {
  if (reads.status !== 'ready') return undefined;
  const timeout = new Promise<undefined>((resolve) => setTimeout(resolve, LOOK_TIMEOUT, undefined).unref());
  const reply = await Promise.race([reads.cluster('SLOTS').catch(() => undefined), timeout]);
  return reply === undefined ? undefined : SlotMap.parse(reply, address.slice(0, address.lastIndexOf(':')));
}
