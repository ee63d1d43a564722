import { LRUCache } from 'lru-cache';
import type { Sightings } from '../../ports/sightings.ts';
import { digestOf } from '../answer-key.ts';
import { textOf, type Completion } from '../completion.ts';
import type { Question } from '../question.ts';
import { shareable, shareableAnswer } from './sharing.ts';

/** Different vendors that must have asked a question before it is shared, unless told otherwise. */
export const VENDORS_BEFORE_SHARING = 3;

/** Questions of which the number of vendors is known; one takes about 200 bytes. */
const CAPACITY = 10_000;

/** Members of a message that may be shared; others, such as citations or reasoning, are not looked through. */
const KNOWN_MEMBERS: ReadonlySet<string> = new Set(['role', 'content', 'refusal']);

/** Decides what enters the scope that vendors share. Only answers of the origin are put before it. */
export class SharedScope {
  readonly #sightings: Sightings;
  readonly #threshold: () => number;
  /** How many vendors had asked a question when it was last asked for. */
  readonly #vendors = new LRUCache<string, number>({ max: CAPACITY });

  /** @param threshold different vendors that must have asked; asked for anew each time, as the administration may change it. */
  constructor(sightings: Sightings, threshold = () => VENDORS_BEFORE_SHARING) {
    this.#sightings = sightings;
    this.#threshold = threshold;
  }

  /**
   * Whether the answer to a question may be given to other vendors: both must be shareable, and enough different vendors have asked the
   * question, the one with the partition `vendor` included. False when nobody can tell how many have.
   */
  async admits(question: Question, answer: Completion, vendor: string): Promise<boolean> {
    const sharing = shareable(question);
    if (!sharing.shareable) return false;
    const digest = digestOf(sharing.digestInput);
    if (!(await this.#isAskedByEnough(digest, vendor))) return false;
    return tellsNoMore(answer) && shareableAnswer(textOf(answer), question.context.vendorId);
  }

  async #isAskedByEnough(digest: string, vendor: string): Promise<boolean> {
    const threshold = this.#threshold();
    if ((this.#vendors.get(digest) ?? 0) >= threshold) return true;
    try {
      const vendors = await this.#sightings.seen(digest, vendor);
      this.#vendors.set(digest, vendors);
      return vendors >= threshold;
    } catch {
      return false;
    }
  }
}

/** Whether an answer's text is all that it says. */
function tellsNoMore({ choices: [{ message }] }: Completion): boolean {
  return Object.entries(message).every(([name, value]) => {
    return KNOWN_MEMBERS.has(name) || value === null || (Array.isArray(value) && value.length === 0);
  });
}
