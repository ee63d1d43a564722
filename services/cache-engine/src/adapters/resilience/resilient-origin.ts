import { setTimeout as sleep } from 'node:timers/promises';
import type { Priority } from '../../engine/admission/priority.ts';
import type { Completion } from '../../engine/completion.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { Question, QuestionContext } from '../../engine/question.ts';
import {
  OriginError,
  type AnswerPart,
  type CallOptions,
  type ForwardedAnswer,
  type Model,
  type Origin,
  type RouteObserver,
  type RouteState,
} from '../../ports/origin.ts';
import { Breaker } from './breaker.ts';
import { Bulkhead, Shed, type BulkheadLimits } from './bulkhead.ts';
import { deadlineIn } from './deadline.ts';
import { heldBody } from './held-body.ts';
import { pauseBeforeRetry } from './retry.ts';
import { RetryBudget } from './retry-budget.ts';

/** Seconds after which those who were turned away may come again. */
const COME_AGAIN = 1;

/** How much a route takes, and how long. */
export interface RouteLimits extends BulkheadLimits {
  /** Milliseconds from the question to the whole answer, the wait for a place and a retry included. */
  readonly timeout: number;
  /** Milliseconds from the call to the first part of an answer that is streamed. */
  readonly firstPartTimeout: number;
}

/** What keeps one route from harm. */
export interface ResilientParts {
  /** The route's name, in metrics and messages. */
  readonly route: string;
  readonly origin: Origin;
  readonly limits: RouteLimits;
  readonly observer: RouteObserver;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
}

/** A call that was let in: its signal, and what ends it. */
interface Call {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/**
 * Keeps callers from an origin that fails and an origin from more callers than it takes. From the outside in: a breaker that turns
 * calls away at once, a bulkhead that lets the most urgent go first and sheds the least urgent, one retry within a budget and
 * only while the caller has seen nothing of an answer, and deadlines for the first part and for the whole.
 */
export class ResilientOrigin implements Origin {
  readonly #parts: ResilientParts;
  readonly #breaker: Breaker;
  readonly #bulkhead: Bulkhead;
  readonly #budget = new RetryBudget();

  constructor(parts: ResilientParts) {
    const { route, limits, observer } = parts;
    this.#parts = parts;
    this.#breaker = new Breaker((state) => observer.breakerChanged(route, state));
    this.#bulkhead = new Bulkhead(limits);
  }

  get defaultModel(): string | undefined {
    return this.#parts.origin.defaultModel;
  }

  /** How it stands with the route now. */
  state(): RouteState {
    const { running, queued } = this.#bulkhead;
    return { route: this.#parts.route, breaker: this.#breaker.state, running, queued };
  }

  async ask(
    question: Question,
    signal: AbortSignal,
    onPart?: (part: AnswerPart) => void,
    options: CallOptions = {},
  ): Promise<Completion> {
    const { origin } = this.#parts;
    const call = await this.#enter(signal, options);
    let begun = false;
    const emit = onPart && ((part: AnswerPart) => ((begun = true), onPart(part)));
    try {
      return await this.#twice(
        call,
        () => begun,
        () =>
          emit === undefined
            ? origin.ask(question, call.signal, undefined, options)
            : this.#stream(question, call, emit, options),
      );
    } finally {
      call.end();
    }
  }

  forward(
    request: JsonObject,
    context: QuestionContext,
    signal: AbortSignal,
    options: CallOptions = {},
  ): Promise<ForwardedAnswer> {
    const { origin } = this.#parts;
    return this.#forward(signal, options, (bounded) => origin.forward(request, context, bounded, options));
  }

  forwardEmbeddings(request: JsonObject, signal: AbortSignal, options: CallOptions = {}): Promise<ForwardedAnswer> {
    const { origin } = this.#parts;
    return this.#forward(signal, options, (bounded) => origin.forwardEmbeddings(request, bounded, options));
  }

  models(signal: AbortSignal): Promise<readonly Model[]> {
    return this.#parts.origin.models(signal);
  }

  async #stream(
    question: Question,
    { signal }: Call,
    emit: (part: AnswerPart) => void,
    options: CallOptions,
  ): Promise<Completion> {
    const { origin, limits } = this.#parts;
    const first = deadlineIn(limits.firstPartTimeout, 'first part of an answer');
    const onPart = (part: AnswerPart) => (first.clear(), emit(part));
    try {
      return await origin.ask(question, AbortSignal.any([signal, first.signal]), onPart, options);
    } finally {
      first.clear();
    }
  }

  /** The place of a call that is passed on is held until the last byte of its answer. */
  async #forward(
    signal: AbortSignal,
    options: CallOptions,
    forward: (bounded: AbortSignal) => Promise<ForwardedAnswer>,
  ): Promise<ForwardedAnswer> {
    const call = await this.#enter(signal, options);
    try {
      const answer = await this.#twice(
        call,
        () => false,
        () => forward(call.signal),
      );
      return { ...answer, body: heldBody(answer.body, call.signal, call.end) };
    } catch (error) {
      call.end();
      throw error;
    }
  }

  async #enter(signal: AbortSignal, { priority = 'ordinary' }: CallOptions): Promise<Call> {
    this.#breaker.check();
    const deadline = deadlineIn(this.#parts.limits.timeout, 'answer');
    const bounded = AbortSignal.any([signal, deadline.signal]);
    try {
      const release = await this.#bulkhead.enter(priority, bounded);
      return { signal: bounded, end: () => (deadline.clear(), release()) };
    } catch (error) {
      deadline.clear();
      if (signal.aborted) throw error;
      throw this.#turnedAway(error, priority);
    }
  }

  #turnedAway(error: unknown, priority: Priority): OriginError {
    const { route, observer } = this.#parts;
    observer.shed(route, priority);
    const why = error instanceof Shed ? 'More questions wait for it than may wait.' : 'There was no place in time.';
    return new OriginError('overloaded', `The origin is asked more than it can answer. ${why}`, {
      retryAfter: COME_AGAIN,
    });
  }

  /** Makes a call and, where that may help and nothing of an answer was seen, makes it once more. */
  async #twice<Result>({ signal }: Call, begun: () => boolean, make: () => Promise<Result>): Promise<Result> {
    const { route, observer, random } = this.#parts;
    this.#budget.deposit();
    try {
      return await this.#breaker.execute(make);
    } catch (error) {
      const pause = pauseBeforeRetry(error, random);
      if (pause === undefined || begun() || signal.aborted || this.#breaker.state !== 'closed') throw error;
      if (!this.#budget.withdraw()) throw error;
      observer.retried(route);
      await sleep(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
      return this.#breaker.execute(make);
    }
  }
}
