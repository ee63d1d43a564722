import type { Clock } from '@wedsync/domain';
import type { AnswerKey } from '../../engine/answer-key.ts';
import type { WarmTier } from '../../ports/warm-tier.ts';

/** A warm tier in memory, for tests and tools that have no Redis. */
export class MemoryWarmTier implements WarmTier {
  readonly up = true;
  readonly #records = new Map<AnswerKey, { readonly record: Buffer; readonly expiresAt: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async get(key: AnswerKey): Promise<Buffer | undefined> {
    const found = this.#records.get(key);
    return found !== undefined && found.expiresAt > this.#clock.now() ? found.record : undefined;
  }

  async set(key: AnswerKey, record: Buffer, expiresAt: number): Promise<void> {
    this.#records.set(key, { record, expiresAt });
  }
}
