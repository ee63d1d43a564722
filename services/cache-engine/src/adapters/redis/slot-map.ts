import { slotOf, SLOTS } from './hash-slot.ts';

/** `host:port` of a node. */
export type NodeAddress = string;

/** The nodes that hold a share of the slots: the master first, then its replicas. */
export type Shard = readonly NodeAddress[];

const UNSERVED = 0xffff;

/** Which nodes hold which slot, as one moment's `CLUSTER SLOTS` has it. */
export class SlotMap {
  readonly #shards: readonly Shard[];
  readonly #shardOfSlot = new Uint16Array(SLOTS).fill(UNSERVED);
  /** Equal for maps that say the same. */
  readonly fingerprint: string;

  private constructor(ranges: readonly { readonly from: number; readonly to: number; readonly shard: Shard }[]) {
    this.#shards = ranges.map(({ shard }) => shard);
    ranges.forEach(({ from, to }, index) => this.#shardOfSlot.fill(index, from, to + 1));
    this.fingerprint = JSON.stringify(ranges);
  }

  /**
   * Reads a reply of `CLUSTER SLOTS`: `[from, to, [host, port, …] of the master, … of each replica]` a range.
   * @param askedHost the host that replied; a node that does not know its own name leaves it empty.
   */
  static parse(reply: unknown, askedHost: string): SlotMap {
    const ranges = (reply as [number, number, ...[string | null, number][]][]).map(([from, to, ...nodes]) => ({
      from,
      to,
      shard: nodes.map(([host, port]) => `${host || askedHost}:${port}`),
    }));
    return new SlotMap(ranges.sort((one, other) => one.from - other.from));
  }

  /** The shard that holds `key`; `undefined` when no node serves its slot. */
  shardOf(key: string): Shard | undefined {
    return this.#shards[this.#shardOfSlot[slotOf(key)] ?? UNSERVED];
  }

  /** Every node, each once. */
  get nodes(): ReadonlySet<NodeAddress> {
    return new Set(this.#shards.flat());
  }

  /** Whether every shard has a replica, as far as the nodes tell: one that has replicated nothing yet is not named. */
  get replicated(): boolean {
    return this.#shards.every((shard) => shard.length > 1);
  }

  /** Every master, each once. */
  get masters(): ReadonlySet<NodeAddress> {
    return new Set(this.#shards.flatMap(([master]) => master ?? []));
  }
}

/** What most nodes say: one that was cut off, or slept through a failover, still tells the old story. */
export function mostCommon(maps: readonly SlotMap[]): SlotMap | undefined {
  const votes = new Map<string, number>();
  for (const { fingerprint } of maps) votes.set(fingerprint, (votes.get(fingerprint) ?? 0) + 1);
  const most = Math.max(...votes.values());
  return maps.find(({ fingerprint }) => votes.get(fingerprint) === most);
}
