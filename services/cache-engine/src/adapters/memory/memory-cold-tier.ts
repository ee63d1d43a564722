import { partitionOfKey, type AnswerKey } from '../../engine/answer-key.ts';
import type { ColdTier } from '../../ports/cold-tier.ts';

/** A cold tier in memory, for tests and tools that have neither folder nor bucket. */
export class MemoryColdTier implements ColdTier {
  readonly #records = new Map<AnswerKey, Buffer>();

  async get(key: AnswerKey): Promise<Buffer | undefined> {
    return this.#records.get(key);
  }

  async put(key: AnswerKey, record: Buffer): Promise<void> {
    this.#records.set(key, record);
  }

  async remove(keys: readonly AnswerKey[]): Promise<number> {
    return keys.filter((key) => this.#records.delete(key)).length;
  }

  async removePartition(partition: string): Promise<number> {
    return this.remove([...this.#records.keys()].filter((key) => partitionOfKey(key) === partition));
  }
}
