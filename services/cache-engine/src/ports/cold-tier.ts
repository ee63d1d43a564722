import type { AnswerKey } from '../engine/answer-key.ts';

/**
 * Where records lie that are seldom asked for: cheap, slow and large. Records come sealed and compressed. Every method rejects
 * when the tier is away.
 */
export interface ColdTier {
  /** The record under `key`, `undefined` when there is none. */
  get(key: AnswerKey): Promise<Buffer | undefined>;
  /** Resolves when the record is stored. */
  put(key: AnswerKey, record: Buffer): Promise<void>;
  /** Removes records; how many of them were there. */
  remove(keys: readonly AnswerKey[]): Promise<number>;
  /** Removes every record of a partition; how many there were. */
  removePartition(partition: string): Promise<number>;
}
