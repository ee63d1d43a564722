import { classify, type Clock, type TimeZone } from '@wedsync/domain';
import type { ColdTier } from '../ports/cold-tier.ts';
import type { Frame, Listing, WarmTier } from '../ports/warm-tier.ts';
import { Entry } from './entry.ts';
import type { HotTier } from './hot-tier.ts';
import { decodeRecord, encodeRecord } from './record.ts';
import { compress } from './sealing/compression.ts';
import type { Removals } from './invalidation/removals.ts';
import type { Shelf } from './shelf.ts';
import type { Vault } from './vault.ts';

/** What moving needs. */
export interface TieringParts {
  readonly hot: HotTier;
  readonly warm: WarmTier;
  readonly cold: ColdTier;
  readonly vault: Vault;
  readonly shelf: Shelf;
  readonly removals: Removals;
  readonly clock: Clock;
  readonly zone: TimeZone;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
}

/**
 * Moves answers that are seldom used, of weddings far away, from the warm to the cold tier; a hit brings them back. Use is what this
 * engine sees of it: an answer that only another one uses is served from that one's hot tier meanwhile.
 */
export class Tiering {
  readonly #parts: TieringParts;

  constructor(parts: TieringParts) {
    this.#parts = parts;
  }

  /** Looks through one partition, drawn by chance, so that many engines share the work. How many answers were moved. */
  async sweep(): Promise<number> {
    const { warm, random } = this.#parts;
    const partitions = await warm.partitions();
    const partition = partitions[Math.floor(random() * partitions.length)];
    return partition === undefined ? 0 : this.sweepPartition(partition);
  }

  /** Looks through one partition. Rejects when a tier is away; what was moved until then stays moved. */
  async sweepPartition(partition: string): Promise<number> {
    const { warm } = this.#parts;
    let moved = 0;
    for (const frame of await warm.frames(partition)) {
      for (const listing of await warm.listings(partition, frame.id)) {
        if (listing.kind === 'answer' && this.#belongsInCold(frame, listing) && (await this.#move(frame, listing)))
          moved++;
      }
    }
    return moved;
  }

  #belongsInCold({ weddingDate }: Frame, { key, bornAt, details }: Listing): boolean {
    const { hot, clock, zone } = this.#parts;
    const use = hot.useOf(key);
    const tier = classify({
      now: clock.now(),
      zone,
      weddingDate,
      lastUsedAt: use?.lastUsedAt ?? bornAt,
      uses: use?.uses ?? 0,
      sizeBytes: details.length,
    });
    return tier === 'cold';
  }

  async #move(frame: Frame, listing: Listing): Promise<boolean> {
    const { warm, cold, vault, shelf, removals } = this.#parts;
    const { key } = listing;
    const mark = removals.mark;
    const sealed = await warm.get(key);
    const record = sealed && (await vault.openRecord(key, sealed));
    const entry = record && decodeRecord(record);
    if (record === undefined || !(entry instanceof Entry)) return false;
    return shelf.rewrite(key, frame.id, mark, async () => {
      await cold.put(key, await vault.sealRecord(key, compress(record)));
      const stub = await vault.sealRecord(key, encodeRecord({ cold: true, goneAt: entry.lifetime.goneAt }));
      await warm.put(stub, { ...listing, kind: 'cold' }, frame);
    });
  }
}
