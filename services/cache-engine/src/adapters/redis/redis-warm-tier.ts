import { partitionOfKey, type AnswerKey } from '../../engine/answer-key.ts';
import type { Frame, Listing, WarmTier } from '../../ports/warm-tier.ts';
import type { ClusterConnections } from './cluster.ts';
import { HedgedReader } from './hedged-reader.ts';
import { decodeListing, encodeListing } from './listing-codec.ts';
import { MasterReader } from './master-reader.ts';
import { PartitionRegistry } from './partition-registry.ts';
import { RedisUnavailable } from './redis-unavailable.ts';
import { ReplicatedWriter, type WriteCommand, type WritePolicy } from './replicated-writer.ts';
import { scanHash, scanScores } from './scan.ts';
import { digestOfKey, frameKey, framesKey, recordKey } from './warm-keys.ts';

/**
 * A write goes on after its answer was given without it, long enough to outlast a failover. A cache may lose an entry:
 * where no replica confirms, the master's word is enough.
 */
const WRITE: WritePolicy = { giveUpAfter: 30_000, confirmWithin: 200, masterSuffices: true };

/** Somebody waits for a removal and is told when it failed. */
const REMOVE: WritePolicy = { ...WRITE, giveUpAfter: 5_000 };

/** Writes that may wait for Redis at once; more would fill the memory of an engine whose Redis is gone. */
const MOST_WRITES = 1000;

/** Records that one command removes. */
const REMOVED_AT_ONCE = 500;

/** The warm tier in a Redis Cluster. A partition's keys share a slot, so that what belongs together is written at once. */
export class RedisWarmTier implements WarmTier {
  readonly #cluster: ClusterConnections;
  readonly #reader: HedgedReader;
  readonly #master: MasterReader;
  readonly #writer: ReplicatedWriter;
  readonly #remover: ReplicatedWriter;
  readonly #partitions: PartitionRegistry;
  #writing = 0;

  constructor(cluster: ClusterConnections) {
    this.#cluster = cluster;
    this.#reader = new HedgedReader(cluster);
    this.#master = new MasterReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
    this.#remover = new ReplicatedWriter(cluster, REMOVE);
    this.#partitions = new PartitionRegistry(cluster);
  }

  get up(): boolean {
    return this.#cluster.reached;
  }

  get(key: AnswerKey): Promise<Buffer | undefined> {
    return this.#reader.get(recordKey(key));
  }

  async put(record: Buffer, listing: Listing, frame: Frame): Promise<void> {
    if (this.#writing >= MOST_WRITES) throw new RedisUnavailable('Too many writes wait for Redis already.');
    this.#writing++;
    try {
      const stored = this.#store(record, listing, frame);
      await Promise.all([stored, this.#partitions.register(partitionOfKey(listing.key), listing.expiresAt)]);
    } finally {
      this.#writing--;
    }
  }

  async remove(listings: readonly Pick<Listing, 'key' | 'frame'>[]): Promise<number> {
    const byFrame = Map.groupBy(listings, ({ key, frame }) => frameKey(partitionOfKey(key), frame));
    const removals = [...byFrame].flatMap(([frame, members]) =>
      chunks([...new Set(members.map(({ key }) => key))]).map(async (keys) => {
        const [unlinked] = await this.#remover.write(() => [
          ['unlink', ...(keys.map(recordKey) as [string, ...string[]])],
          ['hdel', frame, ...keys.map(digestOfKey)],
        ]);
        return Number(unlinked);
      }),
    );
    return (await Promise.all(removals)).reduce((total, count) => total + count, 0);
  }

  async frames(partition: string): Promise<readonly Frame[]> {
    const key = framesKey(partition);
    const now = Date.now();
    const all = [...(await this.#master.read(key, (master) => scanScores(master, key)))];
    const current = all.filter(([, expiresAt]) => expiresAt > now);
    if (current.length < all.length) this.#prune(['zremrangebyscore', key, '-inf', now]);
    const frames = current.map(([json]) => JSON.parse(json) as Frame);
    return [...new Map(frames.map((frame) => [frame.id, frame])).values()];
  }

  async listings(partition: string, frame: string): Promise<readonly Listing[]> {
    const key = frameKey(partition, frame);
    const now = Date.now();
    const found = await this.#master.read(key, (master) => scanHash(master, key));
    const all = [...found].map(([digest, bytes]) => decodeListing(partition, frame, digest, bytes));
    const current = all.filter(({ expiresAt }) => expiresAt > now);
    if (current.length < all.length) {
      const expired = all.filter(({ expiresAt }) => expiresAt <= now).map((listing) => digestOfKey(listing.key));
      void this.#pruneListings(partition, frame, expired.slice(0, REMOVED_AT_ONCE)).catch(() => {});
    }
    return current;
  }

  async listing(key: AnswerKey, frame: string): Promise<Listing | undefined> {
    const partition = partitionOfKey(key);
    const hash = frameKey(partition, frame);
    const bytes = await this.#master.read(hash, (master) => master.hgetBuffer(hash, digestOfKey(key)));
    const listing = bytes === null ? undefined : decodeListing(partition, frame, digestOfKey(key), bytes);
    return listing !== undefined && listing.expiresAt > Date.now() ? listing : undefined;
  }

  partitions(): Promise<readonly string[]> {
    return this.#partitions.list();
  }

  async #store(record: Buffer, listing: Listing, frame: Frame): Promise<void> {
    const partition = partitionOfKey(listing.key);
    const frames = framesKey(partition);
    const listings = frameKey(partition, frame.id);
    const listed = encodeListing(listing);
    const json = JSON.stringify(frame);
    await this.#writer.write(() => {
      const milliseconds = Math.max(1, listing.expiresAt - Date.now());
      return [
        ['set', recordKey(listing.key), record, 'PX', milliseconds],
        ['hset', listings, digestOfKey(listing.key), listed],
        ['zadd', frames, 'GT', listing.expiresAt, json],
        ...[listings, frames].flatMap((key) => lastingAtLeast(key, milliseconds)),
      ];
    });
  }

  /** Takes expired listings away. One that was renewed since it was read is put back, unless it was renewed once more. */
  async #pruneListings(partition: string, frame: string, digests: readonly string[]): Promise<void> {
    const key = frameKey(partition, frame);
    const [taken] = await this.#writer.write(() => [
      ['hmgetBuffer', key, ...digests],
      ['hdel', key, ...digests],
    ]);
    for (const [place, bytes] of (taken as readonly (Buffer | null)[]).entries()) {
      const digest = digests[place];
      if (bytes === null || digest === undefined) continue;
      const { expiresAt } = decodeListing(partition, frame, digest, bytes);
      if (expiresAt <= Date.now()) continue;
      await this.#writer.write(() => [
        ['hsetnx', key, digest, bytes],
        ...lastingAtLeast(key, Math.max(1, expiresAt - Date.now())),
      ]);
    }
  }

  #prune(command: WriteCommand): void {
    this.#writer.write(() => [command]).catch(() => {});
  }
}

/** Commands that let a key live for at least so many milliseconds: `GT` alone does nothing to a key without an expiry. */
function lastingAtLeast(key: string, milliseconds: number): readonly WriteCommand[] {
  return [
    ['pexpire', key, milliseconds, 'NX'],
    ['pexpire', key, milliseconds, 'GT'],
  ];
}

function chunks<Item>(items: readonly Item[]): (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / REMOVED_AT_ONCE) }, (_, index) =>
    items.slice(index * REMOVED_AT_ONCE, (index + 1) * REMOVED_AT_ONCE),
  );
}
