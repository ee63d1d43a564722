import type { Completion } from '../../../../../services/cache-engine/src/engine/completion.ts';
import type { Priority } from '../../../../../services/cache-engine/src/engine/admission/priority.ts';
import type { Question } from '../../../../../services/cache-engine/src/engine/question.ts';
import {
  OriginError,
  type AnswerPart,
  type BreakerState,
  type ForwardedAnswer,
  type Model,
  type Origin,
  type OriginFailure,
  type RouteObserver,
} from '../../../../../services/cache-engine/src/ports/origin.ts';
import { completion } from '../../support/questions.ts';

type Ask = (question: Question, signal: AbortSignal, onPart?: (part: AnswerPart) => void) => Promise<Completion>;
type Forward = (signal: AbortSignal) => Promise<ForwardedAnswer>;

/** An origin that answers as the test says, and counts. */
export class ScriptedOrigin implements Origin {
  readonly defaultModel = 'a-model';
  calls = 0;
  script: Ask;
  forwarding: Forward = () => Promise.reject(new Error('Nothing is forwarded in this test.'));

  constructor(script: Ask = async () => completion('At 21:20.')) {
    this.script = script;
  }

  ask(question: Question, signal: AbortSignal, onPart?: (part: AnswerPart) => void): Promise<Completion> {
    this.calls++;
    return this.script(question, signal, onPart);
  }

  forward(_request: unknown, _context: unknown, signal: AbortSignal): Promise<ForwardedAnswer> {
    this.calls++;
    return this.forwarding(signal);
  }

  forwardEmbeddings(_request: unknown, signal: AbortSignal): Promise<ForwardedAnswer> {
    this.calls++;
    return this.forwarding(signal);
  }

  async models(): Promise<readonly Model[]> {
    return [{ id: 'a-model', object: 'model', created: 0, owned_by: 'test' }];
  }
}

/** Keeps what it is told. */
export class RecordingObserver implements RouteObserver {
  retries = 0;
  readonly sheds: Priority[] = [];
  readonly states: BreakerState[] = [];

  retried(): void {
    this.retries++;
  }

  shed(_route: string, priority: Priority): void {
    this.sheds.push(priority);
  }

  breakerChanged(_route: string, state: BreakerState): void {
    this.states.push(state);
  }
}

/** A script that fails. */
export function failing(failure: OriginFailure, details: { status?: number; retryAfter?: number } = {}): Ask {
  return () => Promise.reject(new OriginError(failure, 'no', details));
}

/** A script that never ends but when it is told to. */
export const silent: Ask = (_question, signal) =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
