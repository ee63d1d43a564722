import { LRUCache } from 'lru-cache';
import type { Clock } from '@wedsync/domain';
import type { AnswerKey } from './answer-key.ts';
import type { Entry } from './entry.ts';

/** What an entry costs beside its body: key, object and the list's links, rounded up from heap snapshots. */
const OVERHEAD_BYTES = 512;

/** The tier inside the process: bounded by bytes, the least recently used entry leaves first. */
export class HotTier {
  readonly #entries: LRUCache<AnswerKey, Entry>;
  readonly #clock: Clock;

  /** @param capacity bytes that bodies and bookkeeping may take together. */
  constructor(capacity: number, clock: Clock) {
    this.#clock = clock;
    this.#entries = new LRUCache({
      maxSize: capacity,
      sizeCalculation: (entry) => entry.body.length + OVERHEAD_BYTES,
    });
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  /** The entry under `key`, unless it has expired. */
  get(key: AnswerKey): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expiresAt > this.#clock.now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  /** Keeps `entry`; one larger than the whole tier is not kept. */
  set(key: AnswerKey, entry: Entry): void {
    this.#entries.set(key, entry);
  }
}
