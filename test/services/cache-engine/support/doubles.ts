import type { Clock } from '@wedsync/domain';
import type { Completion } from '../../../../services/cache-engine/src/engine/completion.ts';
import type { Question } from '../../../../services/cache-engine/src/engine/question.ts';
import type { Observer, OriginCallOutcome } from '../../../../services/cache-engine/src/ports/observer.ts';
import type { AnswerPart, ForwardedAnswer, Model, Origin } from '../../../../services/cache-engine/src/ports/origin.ts';

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

  async models(): Promise<readonly Model[]> {
    return [];
  }
}

/** Keeps what it is told. */
export class TestObserver implements Observer {
  readonly originCalls: OriginCallOutcome[] = [];
  lateWrites = 0;

  originCall(outcome: OriginCallOutcome): void {
    this.originCalls.push(outcome);
  }

  lateWarmWrite(): void {
    this.lateWrites++;
  }
}

/** A promise that the test settles. */
export function deferred<Value = void>() {
  return Promise.withResolvers<Value>();
}
