import type { Removal } from '../../ports/change-feed.ts';
import { partitionOfKey, type AnswerKey } from '../answer-key.ts';

/** How many removals are remembered: far more than happen while one answer is made. */
const REMEMBERED = 4096;

interface Remembered {
  readonly number: number;
  readonly partition: string;
}

/**
 * Where this engine has heard of removals lately. An answer that was begun, or a record that was asked for, before a
 * removal must not come back after it.
 *
 * What is not stored yet is not listed either, so that a removal by wedding, tag or text cannot name it. Any removal in
 * its partition counts: at worst, what is under way is asked for once more.
 */
export class Removals {
  #recent: Remembered[] = [];
  #last = 0;
  /** What began at an earlier mark may have been removed without this engine having heard of it. */
  #heardSince = 0;

  /** The point in time from which to ask later; grows with each removal. */
  get mark(): number {
    return this.#last;
  }

  /** Notes a removal in a partition. */
  note(partition: string): void {
    this.#recent.push({ number: ++this.#last, partition });
    if (this.#recent.length <= 2 * REMEMBERED) return;
    this.#recent = this.#recent.slice(-REMEMBERED);
    this.#heardSince = this.#last - REMEMBERED;
  }

  /** Notes that removals may have been missed. */
  missed(): void {
    this.#recent = [];
    this.#heardSince = ++this.#last;
  }

  /** Whether `key` may have been removed after `mark`; yes, when that is so long ago that nobody remembers. */
  since(mark: number, key: AnswerKey): boolean {
    if (mark === this.#last) return false;
    if (mark < this.#heardSince) return true;
    const partition = partitionOfKey(key);
    return this.#recent.some(({ number, partition: where }) => number > mark && where === partition);
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
