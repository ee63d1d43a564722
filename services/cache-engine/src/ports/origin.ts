import type { Priority } from '../engine/admission/priority.ts';
import type { Completion } from '../engine/completion.ts';
import type { JsonObject } from '../engine/json.ts';
import type { Question, QuestionContext } from '../engine/question.ts';

/** A piece of an answer under way: the `delta` of an OpenAI chunk with what identifies the answer. */
export interface AnswerPart {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly delta: JsonObject;
}

/** A model that can be asked for. */
export interface Model extends JsonObject {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
}

/** An answer that is passed on as it came, bytes and all. */
export interface ForwardedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** How a call is made. */
export interface CallOptions {
  /** Who goes first, and who is shed last, when more is asked than the origin takes at once. @default 'ordinary' */
  readonly priority?: Priority;
  /** The W3C `traceparent` that the call carries; empty for a call that is not traced. */
  readonly traceparent?: string;
}

/** Who answers what the cache does not hold. */
export interface Origin {
  /** The model that answers a query which names none; `undefined` when the caller has to name one. */
  readonly defaultModel: string | undefined;
  /**
   * The whole answer to `question`. With `onPart` the origin is asked to stream and each part is handed on as it comes.
   * Rejects with an OriginError, or with the signal's reason.
   */
  ask(
    question: Question,
    signal: AbortSignal,
    onPart?: (part: AnswerPart) => void,
    options?: CallOptions,
  ): Promise<Completion>;
  /** Passes a chat request on that is not understood well enough to be cached. Rejects with an OriginError. */
  forward(
    request: JsonObject,
    context: QuestionContext,
    signal: AbortSignal,
    options?: CallOptions,
  ): Promise<ForwardedAnswer>;
  /** Passes a request for embeddings on. Rejects with an OriginError. */
  forwardEmbeddings(request: JsonObject, signal: AbortSignal, options?: CallOptions): Promise<ForwardedAnswer>;
  /** The models that may be asked for. Rejects with an OriginError. */
  models(signal: AbortSignal): Promise<readonly Model[]>;
}

/**
 * Why the origin gave no answer: `refused` the request as faulty, is `limited` (over quota), `unavailable` (not reached, or
 * a failure of its own), did not answer in time, or sent something that is no `answer`. It was not asked at all when it failed
 * too often lately (`breaker-open`), or when more waits for it than may wait (`overloaded`).
 */
export type OriginFailure =
  'refused' | 'limited' | 'unavailable' | 'timeout' | 'no-answer' | 'breaker-open' | 'overloaded';

/** The origin gave no answer. Never cached. */
export class OriginError extends Error {
  readonly failure: OriginFailure;
  /** The origin's own status, where it refused the request or the engine's key. */
  readonly status: number | undefined;
  /** Seconds after which to try again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(
    failure: OriginFailure,
    message: string,
    details: { status?: number; retryAfter?: number | undefined } = {},
  ) {
    super(message);
    this.name = 'OriginError';
    this.failure = failure;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
  }
}

/** What a circuit breaker does with calls: lets all through, none, or one to see whether the origin is back. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** How it stands with one route to an origin. */
export interface RouteState {
  readonly route: string;
  readonly breaker: BreakerState;
  /** Calls under way. */
  readonly running: number;
  /** Calls that wait for one of those to end. */
  readonly queued: number;
}

/** Whoever counts what is done to keep a failing or crowded origin from harm. */
export interface RouteObserver {
  /** A call that was made again after it had failed. */
  retried(route: string): void;
  /** A call that was turned away because more waited than may wait. */
  shed(route: string, priority: Priority): void;
  breakerChanged(route: string, state: BreakerState): void;
}
