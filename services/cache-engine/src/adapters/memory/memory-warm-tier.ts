import type { Clock } from '@wedsync/domain';
import { partitionOfKey, type AnswerKey } from '../../engine/answer-key.ts';
import type { Frame, Listing, WarmTier } from '../../ports/warm-tier.ts';

interface Held {
  readonly record: Buffer;
  readonly listing: Listing;
}

interface Content {
  readonly frame: Frame;
  readonly keys: Set<AnswerKey>;
}

/** A warm tier in memory, for tests and tools that have no Redis. */
export class MemoryWarmTier implements WarmTier {
  readonly up = true;
  readonly #held = new Map<AnswerKey, Held>();
  readonly #frames = new Map<string, Map<string, Content>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async get(key: AnswerKey): Promise<Buffer | undefined> {
    return this.#live(key)?.record;
  }

  async put(record: Buffer, listing: Listing, frame: Frame): Promise<void> {
    const { key } = listing;
    this.#held.set(key, { record, listing });
    const partition = partitionOfKey(key);
    const frames = this.#frames.get(partition) ?? new Map<string, Content>();
    this.#frames.set(partition, frames);
    const keys = frames.get(frame.id)?.keys ?? new Set<AnswerKey>();
    frames.set(frame.id, { frame, keys: keys.add(key) });
  }

  async remove(listings: readonly Pick<Listing, 'key' | 'frame'>[]): Promise<number> {
    let removed = 0;
    for (const { key, frame } of listings) {
      if (this.#live(key) !== undefined) removed++;
      this.#held.delete(key);
      this.#frames.get(partitionOfKey(key))?.get(frame)?.keys.delete(key);
    }
    return removed;
  }

  async frames(partition: string): Promise<readonly Frame[]> {
    const frames = [...(this.#frames.get(partition)?.values() ?? [])];
    return frames.filter(({ keys }) => this.#listed(keys).length > 0).map(({ frame }) => frame);
  }

  async listings(partition: string, frame: string): Promise<readonly Listing[]> {
    return this.#listed(this.#frames.get(partition)?.get(frame)?.keys ?? new Set());
  }

  async listing(key: AnswerKey): Promise<Listing | undefined> {
    return this.#live(key)?.listing;
  }

  async partitions(): Promise<readonly string[]> {
    const partitions = [...this.#frames.keys()];
    const filled = await Promise.all(partitions.map(async (one) => (await this.frames(one)).length > 0));
    return partitions.filter((_, index) => filled[index]);
  }

  #listed(keys: ReadonlySet<AnswerKey>): readonly Listing[] {
    return [...keys].flatMap((key) => this.#live(key)?.listing ?? []);
  }

  #live(key: AnswerKey): Held | undefined {
    const held = this.#held.get(key);
    return held !== undefined && held.listing.expiresAt > this.#clock.now() ? held : undefined;
  }
}
