import type { Change, ChangeFeed, Removal } from '../../ports/change-feed.ts';
import type { AnswerKey } from '../answer-key.ts';
import type { HotTier } from '../hot-tier.ts';
import type { TenantKeys } from '../sealing/tenant-keys.ts';
import type { Shelf } from '../shelf.ts';
import type { Removals } from './removals.ts';

/** What this process remembers and has to take back. */
export interface FollowerParts {
  readonly feed: ChangeFeed;
  readonly hot: HotTier;
  readonly shelf: Shelf;
  readonly removals: Removals;
  readonly keys: TenantKeys;
  /** The questions that are known here; `undefined` in an engine without semantic hits. */
  readonly questions:
    | {
        remove(partition: string, removal: Removal): number;
        stored(key: AnswerKey, frame: string): Promise<void>;
        clear(): void;
      }
    | undefined;
  /** Told of questions that do not ask the same after all; `undefined` in an engine without semantic hits. */
  readonly resolver: { refuteAlias(alias: AnswerKey, target: AnswerKey): void } | undefined;
  /** Told when a wedding has another date, and when anything may have changed. */
  readonly weddings: { moved(partition: string, wedding: string, date: string): void; clear(): void };
  /** Told when the settings may have changed. */
  readonly onConfigured: () => void;
}

/** Keeps what this process remembers in step with what the region's engines change. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #counts = new Map<string, { hot: number; vectors: number }>();

  /** Begins to follow. */
  constructor(parts: FollowerParts) {
    this.#parts = parts;
    parts.feed.onChange((change) => this.#apply(change));
    parts.feed.onGap(() => this.#forgetAll());
  }

  #apply(change: Change): void {
    const { feed, hot, questions, weddings, keys } = this.#parts;
    switch (change.kind) {
      case 'stored':
        // An older answer must not outlive the one that replaced it on another engine.
        if (change.by === feed.engine) return;
        hot.delete(change.key);
        void questions?.stored(change.key, change.frame);
        return;
      case 'removed':
        this.#remove(change.partition, change.removal, change.receipt, change.last);
        return;
      case 'refuted':
        this.#parts.resolver?.refuteAlias(change.alias, change.target);
        return;
      case 'wedding-moved':
        weddings.moved(change.partition, change.wedding, change.date);
        return;
      case 'keys-destroyed':
        keys.forget(change.partition);
        // The removal of all that the tenant has follows under the same receipt, and is acknowledged with it.
        this.#takeBack(change.partition, { scope: 'partition' }, change.receipt);
        return;
      case 'configured':
        this.#parts.onConfigured();
        return;
    }
  }

  #remove(partition: string, removal: Removal, receipt: string, last: boolean): void {
    const { feed, shelf } = this.#parts;
    const counts = this.#takeBack(partition, removal, receipt);
    const retracted = shelf.retract(partition, removal);
    if (!last) return;
    this.#counts.delete(receipt);
    // Not before this engine's own late writes are gone too: the receipt says that nothing is left.
    void retracted.then(() => feed.acknowledge(receipt, counts)).catch(() => {});
  }

  /** Forgets what a removal names; what was forgotten on account of the receipt until now. */
  #takeBack(partition: string, removal: Removal, receipt: string): { hot: number; vectors: number } {
    const { hot, removals, questions } = this.#parts;
    removals.note(partition);
    const counts = this.#counts.get(receipt) ?? { hot: 0, vectors: 0 };
    counts.hot += hot.remove(partition, removal);
    counts.vectors += questions?.remove(partition, removal) ?? 0;
    this.#counts.set(receipt, counts);
    return counts;
  }

  /** Anything may have changed: what is remembered is read again as it is asked for. */
  #forgetAll(): void {
    const { hot, questions, weddings, keys, removals } = this.#parts;
    removals.missed();
    keys.forgetAll();
    hot.clear();
    questions?.clear();
    weddings.clear();
    this.#parts.onConfigured();
  }
}
