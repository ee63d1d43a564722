import type { Observer } from '../ports/observer.ts';
import { OriginError, type AnswerPart, type Origin } from '../ports/origin.ts';
import type { Priority } from './admission/priority.ts';
import type { Completion } from './completion.ts';
import type { Question } from './question.ts';

/** How to call. */
export interface OriginCall {
  readonly signal: AbortSignal;
  readonly priority: Priority;
  readonly onPart: ((part: AnswerPart) => void) | undefined;
  /** The W3C `traceparent` that the call carries; empty for a call that is not traced. */
  readonly traceparent: string;
}

/** Asks the origin and has the outcome counted. */
export async function callOrigin(
  origin: Origin,
  question: Question,
  { signal, priority, onPart, traceparent }: OriginCall,
  observer: Observer,
): Promise<Completion> {
  try {
    const completion = await origin.ask(question, signal, onPart, { priority, traceparent });
    observer.originCall('ok');
    return completion;
  } catch (error) {
    const timedOut = error instanceof OriginError && error.failure === 'timeout';
    // Everybody left: the origin did nothing wrong.
    if (!signal.aborted) observer.originCall(timedOut ? 'timeout' : 'error');
    throw error;
  }
}
