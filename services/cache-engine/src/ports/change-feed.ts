import type { AnswerKey } from '../engine/answer-key.ts';

/** What an invalidation removes: everything of a partition, whole frames, or single keys. */
export type Removal =
  | { readonly scope: 'partition' }
  | { readonly scope: 'frames'; readonly frames: readonly string[] }
  | { readonly scope: 'keys'; readonly keys: readonly AnswerKey[] };

/** Something that every engine of the region has to know of. */
export type Change =
  /** A record was stored or replaced, by the engine of this name. */
  | { readonly kind: 'stored'; readonly key: AnswerKey; readonly frame: string; readonly by: string }
  /** Records were removed for good. Of the changes with one `receipt`, each engine acknowledges the last. */
  | {
      readonly kind: 'removed';
      readonly receipt: string;
      readonly last: boolean;
      readonly partition: string;
      readonly removal: Removal;
    }
  /** The question under `alias` does not ask what the one under `target` does, whatever was found before. */
  | { readonly kind: 'refuted'; readonly alias: AnswerKey; readonly target: AnswerKey }
  /** A wedding has another date now; `wedding` is its digest. */
  | { readonly kind: 'wedding-moved'; readonly partition: string; readonly wedding: string; readonly date: string }
  /** The keys of a tenant were destroyed: nothing sealed with them may be served. */
  | { readonly kind: 'keys-destroyed'; readonly receipt: string; readonly partition: string }
  /** The administration changed the engines' settings. */
  | { readonly kind: 'configured' };

/** What one engine removed on account of a receipt. */
export interface RemovalReport {
  /** The engine's name, as in `engines`. */
  readonly engine: string;
  /** Entries that left its hot tier. */
  readonly hot: number;
  /** Vectors that left its index. */
  readonly vectors: number;
}

/**
 * Tells all engines of a region what changed, the one that publishes included, in one order. A listener that was cut off gets
 * what it missed when it is back; where that is no longer known, `onGap` says that anything may have changed.
 */
export interface ChangeFeed {
  /** This engine's name, unique in the region. */
  readonly engine: string;
  /** Resolves when the change is recorded; rejects when it could not be. */
  publish(change: Change): Promise<void>;
  /** Calls `listener` for each change from now on, in order. */
  onChange(listener: (change: Change) => void): void;
  /** Calls `listener` when changes may have been missed. */
  onGap(listener: () => void): void;
  /** Reports what this engine removed on account of a receipt. */
  acknowledge(receipt: string, report: Omit<RemovalReport, 'engine'>): Promise<void>;
  /** The reports on a receipt: resolves when every engine that is up has reported, or after `milliseconds` with those that have. */
  reports(receipt: string, milliseconds: number): Promise<readonly RemovalReport[]>;
  /** The names of the engines that are up. */
  engines(): Promise<readonly string[]>;
}
