import type { AnswerPart } from '../ports/origin.ts';
import { UNTRACED, type Trace } from '../ports/tracer.ts';
import { isAcceptable, isServable, type Answered } from './answered.ts';
import type { Controls } from './controls.ts';
import { Finder, type FinderParts } from './finder.ts';
import { Maker, type MakerParts } from './maker.ts';
import { NotCached } from './not-cached.ts';
import type { Place } from './place.ts';
import type { Listener, Request } from './request.ts';
import { SingleFlight, type FlightControls } from './single-flight.ts';
import { type Resolved, Wordings, type WordingsParts } from './wordings.ts';

export type { Answered, MatchKind, Source } from './answered.ts';
export type { Listener, Request } from './request.ts';

/** What answering is made of. */
export type AnsweringParts = FinderParts & WordingsParts & MakerParts;

/** The listener of an answer that nobody waits for. */
const NOBODY: Listener = {};

/**
 * Answers questions: from the hot tier, the warm, the cold, from another wording's answer, from the origin, in this order, and
 * never twice at once for the same question.
 */
export class Answering {
  readonly #parts: AnsweringParts;
  readonly #finder: Finder;
  readonly #wordings: Wordings;
  readonly #maker: Maker;
  readonly #flights = new SingleFlight<AnswerPart, Answered>();
  /** Keys whose questions are being looked up, to be made anew. */
  readonly #aimedAt = new Set<string>();

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
    this.#finder = new Finder(parts);
    this.#wordings = new Wordings(parts);
    this.#maker = new Maker(parts);
  }

  /**
   * The fresh answer in the hot tier, at once and without a promise: the way most requests go. `undefined` as well when this
   * is the request that refreshes the answer early.
   */
  recall(place: Place, shared: Place | undefined, controls: Controls): Answered | undefined {
    if (controls.noCache) return undefined;
    const now = this.#parts.clock.now();
    const answered = this.#finder.held(place, shared, controls, now);
    if (answered === undefined) return undefined;
    const { entry } = answered;
    if (entry.lifetime.freshUntil <= now || !isAcceptable(entry, controls, now)) return undefined;
    if (this.#parts.lifetimes.refreshEarly(entry, now)) return undefined;
    return answered;
  }

  /** The answer in the tiers, where one may be served without asking the origin first. */
  async find(request: Request): Promise<Answered | undefined> {
    if (request.controls.noCache) return undefined;
    const found = await this.#finder.find(request);
    return found && this.#serve(request, found);
  }

  /**
   * The answer to a request. Rejects with an OriginError when nobody has one, with NotCached when the caller wants none but a
   * cached one.
   *
   * A fresh answer is given when the warm tier has confirmed it, or after a deadline: only what is stored before it is
   * given is surely a hit when the same is asked again, of any process, also while a Redis master is being replaced.
   */
  async ask(request: Request, listener: Listener = NOBODY): Promise<Answered> {
    const { place, controls } = request;
    const { key } = place;
    const name = flightOf(key, controls);
    const { trace = UNTRACED } = listener;
    let stale: Answered | undefined;
    if (!controls.noCache) {
      const found = await trace.span('look up', async () => this.#finder.find(request));
      const served = found && this.#serve(request, found);
      if (served !== undefined) return served;
      stale = found;
      // Another request may have been answered while the warm tier was asked.
      if (found?.source !== 'hot') {
        const meanwhile = this.recall(place, request.shared, controls);
        if (meanwhile !== undefined) return meanwhile;
      }
    }
    if (controls.onlyIfCached) return this.#onlyIfCached(request, stale, listener, trace);
    const joined = this.#flights.has(name);
    if (joined) this.#parts.observer.merged();
    const streamed = listener.onPart !== undefined;
    return this.#flights.join(
      name,
      (flight) => this.#make(request, streamed, stale, flight, trace),
      listener.signal,
      listener.onPart,
    );
  }

  /** What may be served at once of what was found, with what it sets off; `undefined` when the origin has to be asked first. */
  #serve(request: Request, found: Answered): Answered | undefined {
    const { lifetimes, clock } = this.#parts;
    const { entry } = found;
    const now = clock.now();
    if (!isAcceptable(entry, request.controls, now)) return undefined;
    if (entry.lifetime.freshUntil > now) {
      if (lifetimes.refreshEarly(entry, now)) this.#refresh(request, found, 'early');
      return found;
    }
    if (!isServable(entry, now)) return undefined;
    this.#refresh(request, found, 'stale');
    return { ...found, stale: 'revalidating' };
  }

  /** Has the answer that was found made anew while callers go on with the one that is there. */
  #refresh(request: Request, { target }: Answered, reason: 'early' | 'stale'): void {
    // What it brought could not be kept, and the next asker would ask for it again.
    if (request.controls.noStore) return;
    if (target === undefined) this.#renew(request, reason);
    else void this.#renewTarget(request, target, reason);
  }

  /** An answer that serves several wordings is made anew for all of them; for the asked one alone where its question is not known. */
  async #renewTarget(request: Request, target: string, reason: 'early' | 'stale'): Promise<void> {
    if (this.#aimedAt.has(target)) return;
    this.#aimedAt.add(target);
    const aim = await this.#wordings.requestOfTarget(request, target).finally(() => this.#aimedAt.delete(target));
    this.#renew(aim ?? request, reason);
  }

  #renew(request: Request, reason: 'early' | 'stale'): void {
    const { place } = request;
    if (this.#flights.has(place.key)) return;
    this.#parts.observer.refresh(reason);
    // A failure leaves the answer that is there until it is too old; the next asker tries again.
    this.#flights
      .join(place.key, async (flight) => {
        // With its vector, or other wordings would no longer find it where it is read from the warm tier.
        const details = await this.#wordings.detailsOf(place, flight.signal);
        return this.#maker.make(request, 'background', details, flight, UNTRACED);
      })
      .catch(() => {});
  }

  async #onlyIfCached(
    request: Request,
    stale: Answered | undefined,
    { signal }: Listener,
    trace: Trace,
  ): Promise<Answered> {
    const { answered } = await this.#byWording(request, signal ?? new AbortController().signal, trace);
    if (answered !== undefined) return answered;
    if (stale !== undefined && isAcceptable(stale.entry, request.controls, this.#parts.clock.now()))
      return { ...stale, stale: 'revalidating' };
    throw new NotCached();
  }

  /** The answer of another wording, with what serving it sets off. */
  async #byWording(request: Request, signal: AbortSignal, trace: Trace): Promise<Resolved> {
    const { answered, details } = await this.#wordings.resolve(request, signal, trace);
    const served = answered && this.#serve(request, answered);
    return served === undefined ? { details } : { answered: served };
  }

  async #make(
    request: Request,
    streamed: boolean,
    stale: Answered | undefined,
    flight: FlightControls<AnswerPart>,
    trace: Trace,
  ): Promise<Answered> {
    const { place, controls } = request;
    const { answered, details } = controls.noCache
      ? { details: await trace.span('embed', () => this.#wordings.detailsOf(place, flight.signal)) }
      : await this.#byWording(request, flight.signal, trace);
    if (answered !== undefined) return answered;
    let begun = false;
    const watched = { ...flight, emit: (part: AnswerPart) => ((begun = true), flight.emit(part)) };
    try {
      return await this.#maker.make(request, streamed ? 'streamed' : 'whole', details, watched, trace);
    } catch (error) {
      // What is past its time but not wrong is better than nothing, unless the caller has seen the beginning of something else.
      if (
        stale !== undefined &&
        !begun &&
        !flight.signal.aborted &&
        stale.entry.lifetime.goneAt > this.#parts.clock.now()
      )
        return { ...stale, stale: 'origin-failed' };
      throw error;
    }
  }
}

/** Requests that want the origin's own word, or want nothing stored, are merged only with their like. */
function flightOf(key: string, { noCache, noStore }: Controls): string {
  return noCache || noStore ? `${key}${noCache ? '!' : ''}${noStore ? '-' : ''}` : key;
}
