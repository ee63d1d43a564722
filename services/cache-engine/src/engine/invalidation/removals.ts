import type { Removal } from '../../ports/change-feed.ts';
import { partitionOfKey, type AnswerKey } from '../answer-key.ts';

/** How many removals are remembered: far more than happen while one answer is made. */
const REMEMBERED = 4096;

interface Remembered {
  readonly number: number;
  readonly partition: string;
  readonly removal: Removal;
}

/**
 * Which removals this engine has heard of lately. An answer that was begun, or a record that was asked for, before a
 * removal which names it must not come back after it.
 */
export class Removals {
  #recent: Remembered[] = [];
  #last = 0;

  /** The point in time from which to ask later; grows with each removal. */
  get mark(): number {
    return this.#last;
  }

  /** Notes a removal. */
  note(partition: string, removal: Removal): void {
    this.#recent.push({ number: ++this.#last, partition, removal });
    if (this.#recent.length > 2 * REMEMBERED) this.#recent = this.#recent.slice(-REMEMBERED);
  }

  /** Whether `key` was removed after `mark`; yes, when that is so long ago that nobody remembers. */
  since(mark: number, key: AnswerKey, frame: string): boolean {
    if (mark === this.#last) return false;
    const [oldest] = this.#recent;
    if (oldest !== undefined && oldest.number > mark + 1) return true;
    const partition = partitionOfKey(key);
    return this.#recent.some(
      ({ number, partition: where, removal }) => number > mark && where === partition && names(removal, key, frame),
    );
  }
}

/** Whether a removal within the key's partition takes this key. */
export function names(removal: Removal, key: AnswerKey, frame: string): boolean {
  switch (removal.scope) {
    case 'partition':
      return true;
    case 'frames':
      return removal.frames.includes(frame);
    case 'keys':
      return removal.keys.includes(key);
  }
}
