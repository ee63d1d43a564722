import type { VendorType } from '@wedsync/domain';
import type { AnswerKey } from '../engine/answer-key.ts';

/**
 * What questions must have in common to share an answer at all, whatever their wording: everything that is asked with the
 * question except its own text. It is a hard partition: candidates, aliases and invalidations of a wedding go by frames.
 */
export interface Frame {
  /** Digest of all that the frame stands for; unique within its partition. */
  readonly id: string;
  /** Digest of the wedding's id, `undefined` for questions that concern no wedding. */
  readonly wedding?: string | undefined;
  /** Digest of the couple's id. */
  readonly couple?: string | undefined;
  /** `YYYY-MM-DD`, as the questions stated it. */
  readonly weddingDate?: string | undefined;
  readonly vendorType: VendorType;
  readonly model: string;
}

/** What the tier tells about a record without opening it. */
export interface Listing {
  readonly key: AnswerKey;
  readonly frame: string;
  /** `alias` is a record that leads to another key of the same frame. `cold` is a record whose body lies in the cold tier. */
  readonly kind: 'answer' | 'alias' | 'cold';
  /** Digests of the tags that the request gave. */
  readonly tags: readonly string[];
  /** Epoch milliseconds. */
  readonly bornAt: number;
  /** From when on the record is gone, epoch milliseconds. */
  readonly expiresAt: number;
  /** Sealed: the question's text, and its vector where it has one. */
  readonly details: Buffer;
}

/**
 * The tier that the engine's processes share. It holds records under keys until they expire, may lose them earlier,
 * and may be away: the engine then serves without it. All keys of a partition (the part of an AnswerKey before the colon) lie
 * together, and each record is listed in its frame, so that it can be found without its key.
 *
 * Every method settles within a deadline of its own and rejects when the tier is away.
 */
export interface WarmTier {
  /** Whether the tier answered when it was last asked. */
  readonly up: boolean;
  /** The record under `key`, `undefined` when there is none. */
  get(key: AnswerKey): Promise<Buffer | undefined>;
  /**
   * Resolves when `record` and its listing are stored so that a failover keeps them; tries for as long as that is of use.
   * Both are gone at `listing.expiresAt`.
   */
  put(record: Buffer, listing: Listing, frame: Frame): Promise<void>;
  /** Removes records and their listings; how many of the records were there. */
  remove(listings: readonly Pick<Listing, 'key' | 'frame'>[]): Promise<number>;
  /** The frames of a partition that may still hold something. */
  frames(partition: string): Promise<readonly Frame[]>;
  /** What a frame holds, expired listings left out. */
  listings(partition: string, frame: string): Promise<readonly Listing[]>;
  /** The listing of one key; `undefined` when there is none. */
  listing(key: AnswerKey, frame: string): Promise<Listing | undefined>;
  /** Every partition that may still hold something, each once. */
  partitions(): Promise<readonly string[]>;
}
