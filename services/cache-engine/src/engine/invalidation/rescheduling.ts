import { randomUUID } from 'node:crypto';
import type { ChangeFeed, Removal } from '../../ports/change-feed.ts';
import type { ColdTier } from '../../ports/cold-tier.ts';
import type { Frame, Listing, WarmTier } from '../../ports/warm-tier.ts';
import type { Weddings } from '../../ports/weddings.ts';
import { Entry } from '../entry.ts';
import type { Lifetimes } from '../lifetimes.ts';
import { weddingDigest } from '../place.ts';
import { decodeRecord, encodeRecord } from '../record.ts';
import type { Vault } from '../vault.ts';
import { changesFor } from './invalidation.ts';

/** Who stored what rescheduling renewed: no engine, so that none takes its own copy for the new one. */
const BY_RESCHEDULING = 'rescheduling';

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
    // Engines hear of it first: what they store while the tiers are gone through has its lifetime by the new date.
    await feed.publish({ kind: 'wedding-moved', partition, wedding, date });
    const frames = (await warm.frames(partition)).filter((frame) => frame.wedding === wedding);
    const outdated = frames.filter(({ weddingDate }) => weddingDate !== undefined && weddingDate !== date);
    const dropped: Listing[] = [];
    const renewed: Listing[] = [];
    for (const { id } of outdated) dropped.push(...(await this.#drop(partition, id)));
    await this.#tell(partition, { scope: 'frames', frames: outdated.map(({ id }) => id) });
    for (const frame of frames) {
      if (outdated.includes(frame)) continue;
      const gone: Listing[] = [];
      await this.#renew(partition, frame, date, renewed, gone);
      dropped.push(...gone);
      if (gone.length > 0) await this.#tell(partition, { scope: 'keys', keys: gone.map(({ key }) => key) });
    }
    // As if another engine had stored them: every engine's copy has the old lifetime.
    for (const { key, frame } of renewed) await feed.publish({ kind: 'stored', key, frame, by: BY_RESCHEDULING });
    return { recomputed: renewed.length, dropped: dropped.filter(({ kind }) => kind !== 'alias').length };
  }

  async #tell(partition: string, removal: Removal): Promise<void> {
    for (const change of changesFor(randomUUID(), partition, removal)) await this.#parts.feed.publish(change);
  }

  async #drop(partition: string, frame: string): Promise<readonly Listing[]> {
    const listings = await this.#parts.warm.listings(partition, frame);
    await this.#forget(listings);
    return listings;
  }

  async #renew(partition: string, frame: Frame, date: string, renewed: Listing[], gone: Listing[]): Promise<void> {
    const { warm, vault, lifetimes } = this.#parts;
    for (const listing of await warm.listings(partition, frame.id)) {
      const { key } = listing;
      const sealed = await warm.get(key);
      const record = sealed && (await vault.openRecord(key, sealed));
      const stored = record && decodeRecord(record);
      const lifetime = stored instanceof Entry ? lifetimes.moved(stored.lifetime, frame, date) : undefined;
      if (stored instanceof Entry && lifetime !== undefined) {
        const entry = new Entry(stored.body, lifetime, stored.making);
        const listed = { ...listing, expiresAt: lifetime.goneAt };
        await warm.put(await vault.sealRecord(key, encodeRecord(entry)), listed, frame);
        renewed.push(listed);
      } else {
        // Aliases and stubs are found again; an answer that is too old by the new date is asked for again.
        await this.#forget([listing]);
        gone.push(listing);
      }
    }
  }

  async #forget(listings: readonly Listing[]): Promise<void> {
    const { warm, cold } = this.#parts;
    await warm.remove(listings);
    // Also of what is warm: what came back from the cold tier has left its record there.
    await cold?.remove(listings.filter(({ kind }) => kind !== 'alias').map(({ key }) => key));
  }
}
