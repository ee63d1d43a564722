import { timeToLive, type Clock, type TimeZone } from '@wedsync/domain';
import type { Observer } from '../ports/observer.ts';
import { OriginError, type AnswerPart, type Origin } from '../ports/origin.ts';
import type { WarmTier } from '../ports/warm-tier.ts';
import type { AnswerKey } from './answer-key.ts';
import { isStorable } from './completion.ts';
import { settledWithin } from './deadline.ts';
import { decodeRecord, encodeRecord, Entry } from './entry.ts';
import type { HotTier } from './hot-tier.ts';
import type { Question } from './question.ts';
import { SingleFlight, type FlightControls } from './single-flight.ts';

/** Where an answer came from. */
export type Source = 'hot' | 'warm' | 'miss';

/** An answer and where it came from. */
export interface Answered {
  readonly entry: Entry;
  readonly source: Source;
}

/** How long a fresh answer is held back at most for the warm tier to confirm it, in milliseconds. */
export const WARM_WRITE_DEADLINE = 5000;

/** What answering is made of. */
export interface AnsweringParts {
  readonly hot: HotTier;
  readonly warm: WarmTier;
  readonly origin: Origin;
  readonly clock: Clock;
  /** The zone of the couples' calendars in this region. */
  readonly zone: TimeZone;
  readonly observer: Observer;
  /** Default WARM_WRITE_DEADLINE. */
  readonly warmWriteDeadline?: number;
}

/** Who waits for an answer, and how it wants it. */
export interface Listener {
  readonly signal?: AbortSignal;
  /** Given when the answer is to be handed on as it is made; parts come only from a miss. */
  readonly onPart?: (part: AnswerPart) => void;
}

/**
 * Answers questions: from the hot tier, from the warm tier, from the origin, in this order, and never twice at once for
 * the same question.
 */
export class Answering {
  readonly #parts: AnsweringParts;
  readonly #flights = new SingleFlight<AnswerPart, Answered>();

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
  }

  /** The answer in the hot tier, at once and without a promise: the way most requests go. */
  recall(key: AnswerKey): Entry | undefined {
    return this.#parts.hot.get(key);
  }

  /**
   * The answer to `question`, whose key is `key`. Rejects with an OriginError when nobody has one.
   *
   * A fresh answer is given when the warm tier has confirmed it, or after a deadline: only what is stored before it is
   * given is surely a hit when the same is asked again, of any process, also while a Redis master is being replaced.
   * While the warm tier is away altogether, answers are given at once.
   */
  async ask(key: AnswerKey, question: Question, { signal, onPart }: Listener = {}): Promise<Answered> {
    if (this.#flights.has(key)) {
      // The answer under way may take the time of an AI and of a failover; another engine may have stored one meanwhile.
      const warm = await this.#fromWarm(key);
      if (warm !== undefined) return { entry: warm, source: 'warm' };
    }
    const streamed = onPart !== undefined;
    return this.#flights.join(key, (controls) => this.#find(key, question, streamed, controls), signal, onPart);
  }

  async #find(
    key: AnswerKey,
    question: Question,
    streamed: boolean,
    controls: FlightControls<AnswerPart>,
  ): Promise<Answered> {
    const warm = await this.#fromWarm(key);
    if (warm !== undefined) return { entry: warm, source: 'warm' };
    return { entry: await this.#fromOrigin(key, question, streamed, controls), source: 'miss' };
  }

  async #fromWarm(key: AnswerKey): Promise<Entry | undefined> {
    const { hot, warm, clock } = this.#parts;
    // A warm tier that is away makes a miss, not an error.
    const record = await warm.get(key).catch(() => undefined);
    const entry = record === undefined ? undefined : decodeRecord(record);
    if (entry === undefined || entry.expiresAt <= clock.now()) return undefined;
    hot.set(key, entry);
    return entry;
  }

  async #fromOrigin(
    key: AnswerKey,
    question: Question,
    streamed: boolean,
    { emit, signal }: FlightControls<AnswerPart>,
  ): Promise<Entry> {
    const { origin, clock, zone, observer } = this.#parts;
    const completion = await origin.ask(question, signal, streamed ? emit : undefined).catch((error: unknown) => {
      const timedOut = error instanceof OriginError && error.failure === 'timeout';
      // Everybody left: the origin did nothing wrong.
      if (!signal.aborted) observer.originCall(timedOut ? 'timeout' : 'error');
      throw error;
    });
    observer.originCall('ok');
    const now = clock.now();
    if (!isStorable(completion)) return Entry.of(completion, now, now);
    const { vendorType, weddingDate } = question.context;
    const entry = Entry.of(completion, now, now + 1000 * timeToLive({ vendorType, weddingDate, zone, now }));
    await this.#store(key, entry);
    return entry;
  }

  async #store(key: AnswerKey, entry: Entry): Promise<void> {
    const { hot, warm, observer, warmWriteDeadline = WARM_WRITE_DEADLINE } = this.#parts;
    const write = warm.set(key, encodeRecord(entry), entry.expiresAt);
    // A warm tier that is away altogether is not waited for; the write goes on, in case it comes back.
    const stored = await settledWithin(warm.up ? warmWriteDeadline : 0, write);
    if (!stored) observer.lateWarmWrite();
    // Not earlier: who got it from here could ask another engine next, which would not find it yet.
    hot.set(key, entry);
  }
}
