import type { Clock } from '@wedsync/domain';
import type { Removal } from '../ports/change-feed.ts';
import type { ColdTier } from '../ports/cold-tier.ts';
import type { Observer } from '../ports/observer.ts';
import type { Listing, WarmTier } from '../ports/warm-tier.ts';
import { Alias } from './alias.ts';
import { partitionOfKey, type AnswerKey } from './answer-key.ts';
import { settledWithin } from './deadline.ts';
import { Entry } from './entry.ts';
import type { HotTier } from './hot-tier.ts';
import { names, type Removals } from './invalidation/removals.ts';
import type { Place } from './place.ts';
import { decodeRecord, encodeRecord, goneAt, type Stored } from './record.ts';
import { expand } from './sealing/compression.ts';
import { encodeDetails, type Details } from './semantic/details.ts';
import type { Vault } from './vault.ts';

/** How long a fresh answer is held back at most for the warm tier to confirm it, in milliseconds. */
export const WARM_WRITE_DEADLINE = 5000;

/** How long after a write a removal that was published before it may still arrive, in milliseconds. */
const RECENT = 10_000;

/** What the shelf is made of. */
export interface ShelfParts {
  readonly hot: HotTier;
  readonly warm: WarmTier;
  readonly cold: ColdTier | undefined;
  readonly vault: Vault;
  readonly removals: Removals;
  readonly clock: Clock;
  readonly observer: Observer;
  /** Default WARM_WRITE_DEADLINE. */
  readonly warmWriteDeadline?: number;
}

/** What was found below the hot tier, and where. */
export interface Found {
  readonly value: Entry | Alias;
  readonly tier: 'warm' | 'cold';
}

/** What is listed with a stored value. */
export interface ListedWith {
  readonly details: Details;
  readonly tags: readonly string[];
}

/** The tiers as one: reads go down until something is found and offer it to the hot tier, writes reach all engines before the hot tier. */
export class Shelf {
  readonly #parts: ShelfParts;
  /** Keys that this engine wrote lately, oldest first, each with its frame and the instant of the write. */
  readonly #written = new Map<AnswerKey, { readonly frame: string; readonly at: number }>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  /** What lies under `key` in the warm tier, or behind it in the cold one. A tier that is away makes a miss, not an error. */
  async read(key: AnswerKey, frame: string): Promise<Found | undefined> {
    const { warm, hot, removals, clock } = this.#parts;
    const mark = removals.mark;
    let sealed: Buffer | undefined;
    try {
      sealed = await warm.get(key);
    } catch {
      return undefined;
    }
    if (sealed === undefined) return undefined;
    const opened = this.#open(key, sealed);
    const stored = opened instanceof Promise ? await opened : opened;
    if (stored === undefined || goneAt(stored) <= clock.now()) return undefined;
    if ('cold' in stored) return this.#fromCold(key, frame, mark);
    // A removal that was heard of meanwhile may have missed what was already on its way here.
    if (removals.since(mark, key)) return undefined;
    hot.offer(key, stored, frame);
    return { value: stored, tier: 'warm' };
  }

  /**
   * Stores a value so that the next asker finds it on any engine; resolves when that is so, or after a deadline.
   * @param mark where the removals stood when the making of the value began.
   * @returns false when it was removed before it was stored: nobody may find it then.
   */
  async write(place: Place, value: Entry | Alias, listed: ListedWith, mark: number): Promise<boolean> {
    const { hot, warm, removals, observer, warmWriteDeadline = WARM_WRITE_DEADLINE } = this.#parts;
    const { key, frame } = place;
    if (removals.since(mark, key)) return false;
    const write = this.#put(place, value, listed);
    // A warm tier that is away altogether is not waited for; the write goes on, in case it comes back.
    const stored = await settledWithin(warm.up ? warmWriteDeadline : 0, write);
    if (!stored) observer.lateWarmWrite();
    if (removals.since(mark, key)) {
      // The removal ran between: what it could not see yet goes now.
      await this.#takeAway([{ key, frame: frame.id }]);
      return false;
    }
    // Not earlier: who got it from here could ask another engine next, which would not find it yet.
    hot.set(key, value, frame.id);
    this.#remember(key, frame.id);
    return true;
  }

  /**
   * Writes a record of what is stored already, in another form or tier, so that no removal is undone by it.
   * @param mark where the removals stood when the record was read.
   * @returns false when it was removed meanwhile.
   */
  async rewrite(key: AnswerKey, frame: string, mark: number, put: () => Promise<void>): Promise<boolean> {
    const { removals } = this.#parts;
    if (removals.since(mark, key)) return false;
    await put();
    if (removals.since(mark, key)) {
      await this.#takeAway([{ key, frame }]);
      return false;
    }
    this.#remember(key, frame);
    return true;
  }

  /**
   * Takes back what this engine has just written and a removal names: written after the tier was emptied, and before this engine
   * heard why. Answers that are begun after the removal are asked again rather than kept wrongly.
   */
  async retract(partition: string, removal: Removal): Promise<void> {
    const doomed = [...this.#written]
      .filter(([key, { frame }]) => partitionOfKey(key) === partition && names(removal, key, frame))
      .map(([key, { frame }]) => ({ key, frame }));
    for (const { key } of doomed) this.#written.delete(key);
    await this.#takeAway(doomed);
  }

  async #takeAway(records: readonly { readonly key: AnswerKey; readonly frame: string }[]): Promise<void> {
    if (records.length === 0) return;
    const { warm, cold } = this.#parts;
    await warm.remove(records).catch(() => 0);
    await cold?.remove(records.map(({ key }) => key)).catch(() => 0);
  }

  #remember(key: AnswerKey, frame: string): void {
    const now = performance.now();
    this.#written.delete(key);
    this.#written.set(key, { frame, at: now });
    for (const [oldest, { at }] of this.#written) {
      if (now - at < RECENT) break;
      this.#written.delete(oldest);
    }
  }

  async #put(place: Place, value: Entry | Alias, { details, tags }: ListedWith): Promise<void> {
    const { warm, vault, clock } = this.#parts;
    const { key, frame } = place;
    const listing: Listing = {
      key,
      frame: frame.id,
      kind: value instanceof Alias ? 'alias' : 'answer',
      tags,
      bornAt: value instanceof Entry ? value.lifetime.bornAt : clock.now(),
      expiresAt: goneAt(value),
      details: await vault.sealDetails(key, encodeDetails(details)),
    };
    await warm.put(await vault.sealRecord(key, encodeRecord(value)), listing, frame);
  }

  async #fromCold(key: AnswerKey, frame: string, mark: number): Promise<Found | undefined> {
    const { cold, hot, warm, removals, clock } = this.#parts;
    const compressed = await cold?.get(key).catch(() => undefined);
    if (compressed === undefined) return undefined;
    const { vault } = this.#parts;
    const packed = await vault.openRecord(key, compressed);
    const record = packed && expand(packed);
    const entry = record && decodeRecord(record);
    if (!(entry instanceof Entry) || entry.lifetime.goneAt <= clock.now()) return undefined;
    if (removals.since(mark, key)) return undefined;
    hot.offer(key, entry, frame);
    // It is in use again: back to the warm tier, where the other engines find it faster.
    const listing = await warm.listing(key, frame).catch(() => undefined);
    const place = listing && (await this.#frameOf(key, frame));
    if (listing !== undefined && place !== undefined) {
      const sealed = await vault.sealRecord(key, encodeRecord(entry));
      const put = () => warm.put(sealed, { ...listing, kind: 'answer' }, place);
      await this.rewrite(key, frame, mark, put).catch(() => false);
    }
    return { value: entry, tier: 'cold' };
  }

  async #frameOf(key: AnswerKey, frame: string) {
    const frames = await this.#parts.warm.frames(partitionOfKey(key)).catch(() => []);
    return frames.find(({ id }) => id === frame);
  }

  #open(key: AnswerKey, sealed: Buffer): Stored | undefined | Promise<Stored | undefined> {
    const opened = this.#parts.vault.openRecord(key, sealed);
    return opened instanceof Promise ? opened.then((record) => this.#decode(record)) : this.#decode(opened);
  }

  #decode(record: Buffer | undefined): Stored | undefined {
    const stored = record && decodeRecord(record);
    if (stored === undefined) this.#parts.observer.unreadable();
    return stored;
  }
}
