import type { AnswerPart } from '../ports/origin.ts';
import type { Trace } from '../ports/tracer.ts';
import { partitionOfKey, type AnswerKey } from './answer-key.ts';
import type { Controls } from './controls.ts';
import type { Place } from './place.ts';
import type { Question } from './question.ts';

/** A question with all that decides where its answer is looked for and kept. */
export interface Request {
  readonly question: Question;
  readonly place: Place;
  /** Its place in the scope that vendors share; `undefined` when it may not be shared. */
  readonly shared: Place | undefined;
  readonly controls: Controls;
  /** Digests of the caller's tags. */
  readonly tags: readonly string[];
}

/** Who waits for an answer, and how it wants it. */
export interface Listener {
  readonly signal?: AbortSignal;
  /** Given when the answer is to be handed on as it is made; parts come only from a miss. */
  readonly onPart?: (part: AnswerPart) => void;
  /** Given when the request is traced. */
  readonly trace?: Trace | undefined;
}

/** The frame of an alias' target: the alias' own, or the shared one. */
export function frameOfTarget(target: AnswerKey, place: Place, shared: Place | undefined): string {
  return shared !== undefined && partitionOfKey(target) === shared.partition ? shared.frame.id : place.frame.id;
}
