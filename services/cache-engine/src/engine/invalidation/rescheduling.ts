import { randomUUID } from 'node:crypto';
import type { ChangeFeed } from '../../ports/change-feed.ts';
import type { ColdTier } from '../../ports/cold-tier.ts';
import type { Frame, Listing, WarmTier } from '../../ports/warm-tier.ts';
import type { Weddings } from '../../ports/weddings.ts';
import { Entry } from '../entry.ts';
import type { Lifetimes } from '../lifetimes.ts';
import { weddingDigest } from '../place.ts';
import { decodeRecord, encodeRecord } from '../record.ts';
import type { Vault } from '../vault.ts';

/** What rescheduling works on. */
export interface ReschedulingParts {
  readonly warm: WarmTier;
  readonly cold: ColdTier | undefined;
  readonly feed: ChangeFeed;
  readonly vault: Vault;
  readonly weddings: Weddings;
  readonly lifetimes: Lifetimes;
}

/** What became of the answers that depended on a wedding's date. */
export interface Rescheduled {
  /** Answers whose lifetimes were computed anew. */
  readonly recomputed: number;
  /** Answers that were dropped: given for the old date, or too old by the new one. */
  readonly dropped: number;
}

/**
 * Moves a wedding: answers that were asked for with the old date are dropped, and those that only depend on it by their
 * lifetimes get new ones, as if they had been stored with the new date.
 */
export class Rescheduling {
  readonly #parts: ReschedulingParts;

  constructor(parts: ReschedulingParts) {
    this.#parts = parts;
  }

  /** @param date the new one, `YYYY-MM-DD`. Rejects when the warm tier or the store of dates is away. */
  async reschedule(partition: string, weddingId: string, date: string): Promise<Rescheduled> {
    const { warm, feed, weddings } = this.#parts;
    const wedding = weddingDigest(weddingId);
    await weddings.move(partition, wedding, date);
    const frames = (await warm.frames(partition)).filter((frame) => frame.wedding === wedding);
    let recomputed = 0;
    let dropped = 0;
    for (const frame of frames) {
      const outdated = frame.weddingDate !== undefined && frame.weddingDate !== date;
      const result = outdated
        ? { recomputed: 0, dropped: await this.#drop(partition, frame) }
        : await this.#renew(partition, frame, date);
      recomputed += result.recomputed;
      dropped += result.dropped;
    }
    await feed.publish({ kind: 'wedding-moved', partition, wedding, date });
    const removal = { scope: 'frames', frames: frames.map(({ id }) => id) } as const;
    await feed.publish({ kind: 'removed', receipt: randomUUID(), last: true, partition, removal });
    return { recomputed, dropped };
  }

  async #drop(partition: string, frame: Frame): Promise<number> {
    const listings = await this.#parts.warm.listings(partition, frame.id);
    await this.#forget(listings);
    return listings.filter(({ kind }) => kind !== 'alias').length;
  }

  async #renew(partition: string, frame: Frame, date: string): Promise<Rescheduled> {
    const { warm, vault, lifetimes } = this.#parts;
    let recomputed = 0;
    let dropped = 0;
    for (const listing of await warm.listings(partition, frame.id)) {
      const { key } = listing;
      const sealed = await warm.get(key);
      const record = sealed && (await vault.openRecord(key, sealed));
      const stored = record && decodeRecord(record);
      const lifetime = stored instanceof Entry ? lifetimes.moved(stored.lifetime, frame, date) : undefined;
      if (stored instanceof Entry && lifetime !== undefined) {
        const entry = new Entry(stored.body, lifetime, stored.making);
        const renewed = { ...listing, expiresAt: lifetime.goneAt };
        await warm.put(await vault.sealRecord(key, encodeRecord(entry)), renewed, frame);
        recomputed++;
      } else {
        // Aliases and stubs are found again; an answer that is too old by the new date is asked for again.
        await this.#forget([listing]);
        if (listing.kind !== 'alias') dropped++;
      }
    }
    return { recomputed, dropped };
  }

  async #forget(listings: readonly Listing[]): Promise<void> {
    const { warm, cold } = this.#parts;
    await warm.remove(listings);
    await cold?.remove(listings.filter(({ kind }) => kind === 'cold').map(({ key }) => key));
  }
}
