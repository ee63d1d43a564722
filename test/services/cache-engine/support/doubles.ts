import type { Clock } from '@wedsync/domain';
import type { Completion } from '../../../../services/cache-engine/src/engine/completion.ts';
import type { Question } from '../../../../services/cache-engine/src/engine/question.ts';
import type { AnswerPart, ForwardedAnswer, Model, Origin } from '../../../../services/cache-engine/src/ports/origin.ts';
import type { WarmTier } from '../../../../services/cache-engine/src/ports/warm-tier.ts';

/** A clock that the test sets. */
export class TestClock implements Clock {
  #now: number;

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  /** Lets `seconds` pass. */
  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

type Reply = (question: Question, signal: AbortSignal, onPart?: (part: AnswerPart) => void) => Promise<Completion>;

/** An origin that answers as the test says, and counts. */
export class TestOrigin implements Origin {
  readonly defaultModel = 'a-model';
  calls = 0;
  reply: Reply;

  constructor(reply: Reply) {
    this.reply = reply;
  }

  ask(question: Question, signal: AbortSignal, onPart?: (part: AnswerPart) => void): Promise<Completion> {
    this.calls++;
    return this.reply(question, signal, onPart);
  }

  forward(): Promise<ForwardedAnswer> {
    return Promise.reject(new Error('Nothing is forwarded in this test.'));
  }

  forwardEmbeddings(): Promise<ForwardedAnswer> {
    return Promise.reject(new Error('Nothing is embedded by the origin in this test.'));
  }

  async models(): Promise<readonly Model[]> {
    return [];
  }
}

/** `tier` with some of its methods replaced. */
export function warmTierWith(tier: WarmTier, changes: Partial<WarmTier>): WarmTier {
  return {
    up: tier.up,
    get: (key) => tier.get(key),
    put: (record, listing, frame) => tier.put(record, listing, frame),
    remove: (listings) => tier.remove(listings),
    frames: (partition) => tier.frames(partition),
    listings: (partition, frame) => tier.listings(partition, frame),
    listing: (key, frame) => tier.listing(key, frame),
    partitions: () => tier.partitions(),
    ...changes,
  };
}

/** A promise that the test settles. */
export function deferred<Value = void>() {
  return Promise.withResolvers<Value>();
}
