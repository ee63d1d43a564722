import { randomUUID } from 'node:crypto';
import type { Clock } from '@wedsync/domain';
import type { ChangeFeed, Change, Removal } from '../../ports/change-feed.ts';
import type { ColdTier } from '../../ports/cold-tier.ts';
import type { Frame, Listing, WarmTier } from '../../ports/warm-tier.ts';
import { Alias } from '../alias.ts';
import { partitionOfKey, type AnswerKey } from '../answer-key.ts';
import { coupleDigest, tagDigest, weddingDigest } from '../place.ts';
import { decodeRecord } from '../record.ts';
import type { TenantKeys } from '../sealing/tenant-keys.ts';
import { decodeDetails } from '../semantic/details.ts';
import type { Vault } from '../vault.ts';
import type { Receipt } from './receipt.ts';
import { matchesPattern, type Selector } from './selector.ts';

/** Milliseconds within which the engines report: the receipt is given within a second. */
const REPORT_WITHIN = 800;

/** Keys that one change names at most; more are several changes. */
const KEYS_A_CHANGE = 500;

/** What invalidation works on. */
export interface InvalidationParts {
  readonly warm: WarmTier;
  readonly cold: ColdTier | undefined;
  readonly feed: ChangeFeed;
  readonly vault: Vault;
  readonly keys: TenantKeys;
  readonly clock: Clock;
}

/** What a selector comes to in one partition. */
interface Found {
  readonly listings: readonly Listing[];
  readonly removal: Removal;
}

/** Removes answers for good: from the warm and the cold tier, and from every engine's memory, with a receipt. */
export class Invalidation {
  readonly #parts: InvalidationParts;

  constructor(parts: InvalidationParts) {
    this.#parts = parts;
  }

  /** Removes what `selector` names in a partition. Rejects when the warm tier is away: nothing can be promised then. */
  invalidate(partition: string, selector: Selector): Promise<Receipt> {
    return this.#invalidate(partition, selector, randomUUID());
  }

  /** Destroys a tenant's keys, so that nothing of it can be opened again, backups included, and removes all it has. */
  async erase(partition: string): Promise<Receipt & { readonly keysDestroyed: number }> {
    const keysDestroyed = await this.#parts.keys.destroy(partition);
    const receipt = randomUUID();
    await this.#publish([{ kind: 'keys-destroyed', receipt, partition }]);
    return { ...(await this.#invalidate(partition, { by: 'vendor' }, receipt)), keysDestroyed };
  }

  /** Takes one alias back everywhere. */
  async revoke(alias: AnswerKey, frame: string): Promise<boolean> {
    const target = await this.#targetOf(alias);
    // First, or an engine could find it anew as it was found before.
    if (target !== undefined) await this.#publish([{ kind: 'refuted', alias, target }]);
    const removed = await this.#parts.warm.remove([{ key: alias, frame }]);
    const removal = { scope: 'keys', keys: [alias] } as const;
    await this.#publish(changesFor(randomUUID(), partitionOfKey(alias), removal));
    return removed > 0;
  }

  async #invalidate(partition: string, selector: Selector, id: string): Promise<Receipt> {
    const begun = performance.now();
    const found = await this.#find(partition, selector);
    const removed = await this.#fromTiers(partition, found);
    const told = await this.#publish(changesFor(id, partition, found.removal));
    const receipt = await this.#receipt(id, begun, told, removed);
    await this.#removeLate(partition, selector);
    return receipt;
  }

  /** Tiers before engines: one that has heard of a removal must not find there what it has just forgotten. */
  async #fromTiers(partition: string, { listings, removal }: Found) {
    const answers = listings.filter(({ kind }) => kind !== 'alias');
    const aliases = listings.length - answers.length;
    const removed = await this.#parts.warm.remove(listings);
    const cold = await this.#fromCold(partition, removal, answers);
    return { warm: Math.max(0, removed - aliases), aliases, cold };
  }

  /**
   * What an engine stored before it was told is not named where the removal names frames or keys that were listed earlier.
   * It is listed now; what is begun later is not worth telling apart.
   */
  async #removeLate(partition: string, selector: Selector): Promise<void> {
    if (selector.by === 'vendor' || selector.by === 'key') return;
    const late = await this.#find(partition, selector);
    if (late.listings.length === 0) return;
    await this.#fromTiers(partition, late);
    await this.#publish(changesFor(randomUUID(), partition, late.removal));
  }

  async #find(partition: string, selector: Selector): Promise<Found> {
    const frames = await this.#parts.warm.frames(partition);
    switch (selector.by) {
      case 'vendor':
        return { listings: await this.#listingsOf(partition, frames), removal: { scope: 'partition' } };
      case 'wedding':
        return this.#framesWhere(partition, frames, ({ wedding }) => wedding === weddingDigest(selector.weddingId));
      case 'couple':
        return this.#framesWhere(partition, frames, ({ couple }) => couple === coupleDigest(selector.coupleId));
      case 'tag': {
        const tag = tagDigest(selector.tag);
        return this.#keysWhere(partition, frames, ({ tags }) => tags.includes(tag));
      }
      case 'key':
        // Named also where nothing is listed: it may be on its way.
        return this.#keysWhere(partition, frames, ({ key }) => key === selector.key, selector.key);
      case 'question':
        return this.#keysWhere(partition, frames, async (listing) => {
          const text = await this.#textOf(listing);
          return text !== undefined && matchesPattern(selector.pattern, text);
        });
    }
  }

  async #framesWhere(partition: string, frames: readonly Frame[], chosen: (frame: Frame) => boolean): Promise<Found> {
    const named = frames.filter(chosen);
    const removal = { scope: 'frames', frames: named.map(({ id }) => id) } as const;
    return { listings: await this.#listingsOf(partition, named), removal };
  }

  async #keysWhere(
    partition: string,
    frames: readonly Frame[],
    chosen: (listing: Listing) => boolean | Promise<boolean>,
    also?: AnswerKey,
  ): Promise<Found> {
    const all = await this.#listingsOf(partition, frames);
    const byKey = new Map(all.map((listing) => [listing.key, listing]));
    const named = new Map<AnswerKey, Listing>();
    for (const listing of all) {
      if (!(await chosen(listing))) continue;
      named.set(listing.key, listing);
      // Another wording's answer is the answer to this one as well: without it, the wording would lead there again.
      const target = listing.kind === 'alias' ? byKey.get((await this.#targetOf(listing.key)) ?? '') : undefined;
      if (target !== undefined) named.set(target.key, target);
    }
    const keys = new Set(named.keys());
    if (also !== undefined && partitionOfKey(also) === partition) keys.add(also);
    return { listings: [...named.values()], removal: { scope: 'keys', keys: [...keys] } };
  }

  async #listingsOf(partition: string, frames: readonly Frame[]): Promise<readonly Listing[]> {
    const lists: (readonly Listing[])[] = [];
    for (const { id } of frames) lists.push(await this.#parts.warm.listings(partition, id));
    return lists.flat();
  }

  async #textOf({ key, details }: Listing): Promise<string | undefined> {
    const opened = await this.#parts.vault.openDetails(key, details);
    return opened && decodeDetails(opened)?.text;
  }

  async #targetOf(alias: AnswerKey): Promise<AnswerKey | undefined> {
    const sealed = await this.#parts.warm.get(alias);
    const record = sealed && (await this.#parts.vault.openRecord(alias, sealed));
    const stored = record && decodeRecord(record);
    return stored instanceof Alias ? stored.target : undefined;
  }

  async #fromCold(partition: string, removal: Removal, answers: readonly Listing[]): Promise<number | undefined> {
    const { cold } = this.#parts;
    if (cold === undefined) return 0;
    // Also of what is warm: what came back from the cold tier has left its record there.
    const keys = answers.map(({ key }) => key);
    const work = removal.scope === 'partition' ? cold.removePartition(partition) : cold.remove(keys);
    return work.catch(() => undefined);
  }

  async #publish(changes: readonly Change[]): Promise<boolean> {
    try {
      for (const change of changes) await this.#parts.feed.publish(change);
      return true;
    } catch {
      return false;
    }
  }

  async #receipt(
    id: string,
    begun: number,
    told: boolean,
    removed: { warm: number; aliases: number; cold: number | undefined },
  ): Promise<Receipt> {
    const { feed, clock } = this.#parts;
    const patience = Math.max(0, REPORT_WITHIN - (performance.now() - begun));
    const reports = told ? await feed.reports(id, patience).catch(() => []) : [];
    const engines = await feed.engines().catch(() => []);
    const reported = new Set(reports.map(({ engine }) => engine));
    const silent = engines.filter((engine) => !reported.has(engine));
    const sum = (of: 'hot' | 'vectors') => reports.reduce((total, report) => total + report[of], 0);
    return {
      id,
      at: clock.now(),
      removed: { ...removed, cold: removed.cold ?? 0, hot: sum('hot'), vectors: sum('vectors') },
      engines: reports,
      silent,
      complete: told && silent.length === 0 && reports.length > 0 && removed.cold !== undefined,
      milliseconds: Math.round(performance.now() - begun),
    };
  }
}

/** The changes that tell of a removal: one, or several when it names many keys. Only the last is acknowledged. */
export function changesFor(receipt: string, partition: string, removal: Removal): readonly Change[] {
  if (removal.scope !== 'keys' || removal.keys.length <= KEYS_A_CHANGE)
    return [{ kind: 'removed', receipt, last: true, partition, removal }];
  const changes: Change[] = [];
  for (let from = 0; from < removal.keys.length; from += KEYS_A_CHANGE) {
    const keys = removal.keys.slice(from, from + KEYS_A_CHANGE);
    const last = from + KEYS_A_CHANGE >= removal.keys.length;
    changes.push({ kind: 'removed', receipt, last, partition, removal: { scope: 'keys', keys } });
  }
  return changes;
}
