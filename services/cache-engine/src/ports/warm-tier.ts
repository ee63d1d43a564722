import type { AnswerKey } from '../engine/answer-key.ts';

/**
 * The tier that the engine's processes share. It holds records under keys until they expire, may lose them earlier,
 * and may be away: the engine then serves without it.
 */
export interface WarmTier {
  /** Whether the tier answered when it was last asked. */
  readonly up: boolean;
  /** The record under `key`, `undefined` when there is none. Settles within a deadline of its own; rejects when the tier is away. */
  get(key: AnswerKey): Promise<Buffer | undefined>;
  /**
   * Resolves when `record` is stored so that a failover keeps it; tries for as long as that is of use, and rejects when
   * it gives up. The record is gone at the instant `expiresAt` (epoch milliseconds).
   */
  set(key: AnswerKey, record: Buffer, expiresAt: number): Promise<void>;
}
