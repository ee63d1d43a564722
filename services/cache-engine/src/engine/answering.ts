import type { Clock } from '@wedsync/domain';
import type { ChangeFeed } from '../ports/change-feed.ts';
import type { Observer } from '../ports/observer.ts';
import type { AnswerPart, Origin } from '../ports/origin.ts';
import { UNTRACED, type Trace } from '../ports/tracer.ts';
import { priorityOf, type Priority } from './admission/priority.ts';
import { Alias } from './alias.ts';
import { partitionOfKey } from './answer-key.ts';
import { isDefiniteNo, isStorable } from './completion.ts';
import type { Controls } from './controls.ts';
import { Entry } from './entry.ts';
import type { HotTier } from './hot-tier.ts';
import type { Removals } from './invalidation/removals.ts';
import type { Lifetimes } from './lifetimes.ts';
import { NotCached } from './not-cached.ts';
import type { Place } from './place.ts';
import type { Question } from './question.ts';
import { callOrigin } from './origin-call.ts';
import type { Details } from './semantic/details.ts';
import { BY_WORDING, type Match, type Resolver } from './semantic/resolver.ts';
import type { Sampler } from './semantic/sampling.ts';
import { makingOf } from './making.ts';
import type { Settings } from './settings.ts';
import type { Shelf } from './shelf.ts';
import { SingleFlight, type FlightControls } from './single-flight.ts';
import type { SharedScope } from './tenancy/shared-scope.ts';

/** Where an answer came from. `semantic` is the first time that a wording is resolved; afterwards it is hot or warm. */
export type Source = 'hot' | 'warm' | 'cold' | 'semantic' | 'miss';

/** Whose question the answer was given to: this very one, another wording, or other vendors'. */
export type MatchKind = 'exact' | 'alias' | 'shared';

/** An answer and where it came from. */
export interface Answered {
  readonly entry: Entry;
  readonly source: Source;
  readonly match: MatchKind;
  /** Why an answer past its time to live is given all the same. */
  readonly stale?: 'revalidating' | 'origin-failed' | undefined;
}

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

/** What answering is made of. */
export interface AnsweringParts {
  readonly hot: HotTier;
  readonly shelf: Shelf;
  readonly removals: Removals;
  readonly origin: Origin;
  readonly lifetimes: Lifetimes;
  /** Without it there are hits by key only. */
  readonly resolver: Resolver | undefined;
  readonly sampler: Sampler | undefined;
  readonly questions: { add(key: string, frame: string, details: Details): void } | undefined;
  /** Without it vendors share nothing. */
  readonly sharing: SharedScope | undefined;
  readonly settings: { readonly current: Settings };
  readonly feed: ChangeFeed;
  readonly clock: Clock;
  readonly observer: Observer;
}

/** Who waits for an answer, and how it wants it. */
export interface Listener {
  readonly signal?: AbortSignal;
  /** Given when the answer is to be handed on as it is made; parts come only from a miss. */
  readonly onPart?: (part: AnswerPart) => void;
  /** Given when the request is traced. */
  readonly trace?: Trace | undefined;
}

/** The listener of an answer that nobody waits for. */
const NOBODY: Listener = {};

/**
 * Answers questions: from the hot tier, the warm, the cold, from another wording's answer, from the origin, in this order, and
 * never twice at once for the same question.
 */
export class Answering {
  readonly #parts: AnsweringParts;
  readonly #flights = new SingleFlight<AnswerPart, Answered>();

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
  }

  /**
   * The fresh answer in the hot tier, at once and without a promise: the way most requests go. `undefined` as well when this
   * is the request that refreshes the answer early.
   */
  recall(place: Place, shared: Place | undefined, controls: Controls): Answered | undefined {
    if (controls.noCache) return undefined;
    const answered = this.#held(place, shared, controls);
    if (answered === undefined) return undefined;
    const now = this.#parts.clock.now();
    const { entry } = answered;
    if (entry.lifetime.freshUntil <= now || !acceptable(entry, controls, now)) return undefined;
    if (this.#parts.lifetimes.refreshEarly(entry, now)) return undefined;
    return answered;
  }

  /** The answer in the tiers, where one may be served without asking the origin first. */
  async find(request: Request): Promise<Answered | undefined> {
    if (request.controls.noCache) return undefined;
    const found = await this.#found(request);
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
      const found = await trace.span('look up', async () => this.#found(request));
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

  /** The answer in the hot tier, however old, with the alias or the shared place that led to it. */
  #held(place: Place, shared: Place | undefined, controls: Controls): Answered | undefined {
    const { hot } = this.#parts;
    const own = hot.get(place.key);
    if (own instanceof Entry) return { entry: own, source: 'hot', match: 'exact' };
    if (own instanceof Alias && this.#trusts(own, place, controls)) {
      const target = hot.get(own.target);
      if (target instanceof Entry) return this.#byAlias(place, shared, own, target, 'hot');
    }
    const common = shared === undefined ? undefined : hot.get(shared.key);
    return common instanceof Entry ? { entry: common, source: 'hot', match: 'shared' } : undefined;
  }

  /** Whether an alias is served: not when none is wanted, and so near to the wedding not on a judge's earlier word. */
  #trusts({ provenance: { by } }: Alias, { frame }: Place, { noSemantic }: Controls): boolean {
    if (noSemantic) return false;
    return by === BY_WORDING || this.#parts.lifetimes.trustsEarlierVerdicts(frame.weddingDate);
  }

  #byAlias(place: Place, shared: Place | undefined, { target }: Alias, entry: Entry, source: Source): Answered {
    const { asked, key, frame } = place;
    const targetFrame = frameOf(target, place, shared);
    if (asked !== undefined) this.#parts.sampler?.hit({ alias: key, target, frame: frame.id, targetFrame, asked });
    return { entry, source, match: 'alias' };
  }

  #found(request: Request): Answered | Promise<Answered | undefined> {
    return this.#held(request.place, request.shared, request.controls) ?? this.#lookUp(request);
  }

  /** The answer in the tiers below the hot one. */
  async #lookUp({ place, shared, controls }: Request): Promise<Answered | undefined> {
    const { shelf, hot } = this.#parts;
    const found = await shelf.read(place.key, place.frame.id);
    if (found?.value instanceof Entry) return { entry: found.value, source: found.tier, match: 'exact' };
    if (found?.value instanceof Alias && this.#trusts(found.value, place, controls)) {
      const { target } = found.value;
      const held = hot.get(target);
      const led =
        held instanceof Entry
          ? { value: held, tier: found.tier }
          : await shelf.read(target, frameOf(target, place, shared));
      if (led?.value instanceof Entry) return this.#byAlias(place, shared, found.value, led.value, led.tier);
    }
    if (shared === undefined) return undefined;
    const common = await shelf.read(shared.key, shared.frame.id);
    return common?.value instanceof Entry ? { entry: common.value, source: common.tier, match: 'shared' } : undefined;
  }

  /** What may be served at once of what was found, with what it sets off; `undefined` when the origin has to be asked first. */
  #serve(request: Request, found: Answered): Answered | undefined {
    const { lifetimes, clock } = this.#parts;
    const { entry } = found;
    const now = clock.now();
    if (!acceptable(entry, request.controls, now)) return undefined;
    if (entry.lifetime.freshUntil > now) {
      if (lifetimes.refreshEarly(entry, now)) this.#refresh(request, 'early');
      return found;
    }
    if (entry.lifetime.staleUntil <= now) return undefined;
    this.#refresh(request, 'stale');
    return { ...found, stale: 'revalidating' };
  }

  /** Asks for the answer anew while callers go on with the one that is there. */
  #refresh(request: Request, reason: 'early' | 'stale'): void {
    const { key } = request.place;
    if (this.#flights.has(key)) return;
    this.#parts.observer.refresh(reason);
    // A failure leaves the answer that is there until it is too old; the next asker tries again.
    this.#flights
      .join(key, (flight) => this.#fromOrigin(request, 'background', undefined, flight, UNTRACED))
      .catch(() => {});
  }

  async #onlyIfCached(
    request: Request,
    stale: Answered | undefined,
    { signal }: Listener,
    trace: Trace,
  ): Promise<Answered> {
    const semantic = await this.#resolve(request, undefined, signal ?? new AbortController().signal, trace);
    if (semantic !== undefined) return semantic;
    if (stale !== undefined && acceptable(stale.entry, request.controls, this.#parts.clock.now()))
      return { ...stale, stale: 'revalidating' };
    throw new NotCached();
  }

  async #make(
    request: Request,
    streamed: boolean,
    stale: Answered | undefined,
    flight: FlightControls<AnswerPart>,
    trace: Trace,
  ): Promise<Answered> {
    const { place, controls } = request;
    const details = await trace.span('embed', () => this.#detailsOf(place, flight.signal));
    if (!controls.noCache && details !== undefined) {
      const semantic = await this.#resolve(request, details, flight.signal, trace);
      if (semantic !== undefined) return semantic;
    }
    let begun = false;
    const watched = { ...flight, emit: (part: AnswerPart) => ((begun = true), flight.emit(part)) };
    try {
      return await this.#fromOrigin(request, streamed ? 'streamed' : 'whole', details, watched, trace);
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

  async #detailsOf({ free, asked }: Place, signal: AbortSignal): Promise<Details | undefined> {
    if (!free || asked === undefined) return undefined;
    return this.#parts.resolver?.details(asked, signal);
  }

  /** The answer of a stored question that asks the same, in the own frame or the shared one. */
  async #resolve(
    request: Request,
    known: Details | undefined,
    signal: AbortSignal,
    trace: Trace,
  ): Promise<Answered | undefined> {
    const { resolver, clock, settings } = this.#parts;
    const { place, shared, controls } = request;
    if (resolver === undefined || controls.noSemantic || !place.free || !settings.current.semantic) return undefined;
    const details = known ?? (await this.#detailsOf(place, signal));
    if (details === undefined) return undefined;
    const floor = this.#parts.lifetimes.similarityFloor(place.frame.weddingDate);
    const atOnce = !this.#parts.lifetimes.trustsEarlierVerdicts(place.frame.weddingDate);
    for (const where of shared === undefined ? [place] : [place, shared]) {
      const asked = { key: where.key, partition: where.partition, frame: where.frame.id, details, floor, atOnce };
      const late = (match: Match) => void this.#followLate(request, where, match, details);
      const match = await trace.span('resolve wording', () => resolver.resolve(asked, signal, late));
      const answered = match && (await this.#follow(request, where, match, details));
      if (answered !== undefined && acceptable(answered.entry, controls, clock.now())) return answered;
    }
    return undefined;
  }

  /** Follows a match that came late, unless the origin has given the question its own answer meanwhile. */
  async #followLate(request: Request, where: Place, match: Match, details: Details): Promise<void> {
    const { hot, clock } = this.#parts;
    const own = hot.get(request.place.key);
    if (own instanceof Entry && own.lifetime.freshUntil > clock.now()) return;
    await this.#follow(request, where, match, details);
  }

  /** The answer that a match leads to, and the alias by which it is found from now on. */
  async #follow(request: Request, where: Place, match: Match, details: Details): Promise<Answered | undefined> {
    const { hot, shelf, removals, clock } = this.#parts;
    const mark = removals.mark;
    const held = hot.get(match.target);
    const entry = held instanceof Entry ? held : (await shelf.read(match.target, where.frame.id))?.value;
    if (!(entry instanceof Entry) || entry.lifetime.freshUntil <= clock.now()) return undefined;
    // A refusal is remembered for its own question only.
    if (!isStorable(entry.completion)) return undefined;
    const alias = new Alias(match.target, match.provenance, entry.lifetime.goneAt);
    if (!request.controls.noStore) {
      // The caller has its answer without waiting for this; until it is stored, the wording is resolved again.
      void shelf.write(request.place, alias, { details: { text: details.text }, tags: request.tags }, mark);
    }
    return { entry, source: 'semantic', match: 'alias' };
  }

  async #fromOrigin(
    request: Request,
    delivery: 'streamed' | 'whole' | 'background',
    details: Details | undefined,
    { emit, signal }: FlightControls<AnswerPart>,
    trace: Trace,
  ): Promise<Answered> {
    const { origin, observer, removals, lifetimes, clock } = this.#parts;
    const { question, place, controls } = request;
    const mark = removals.mark;
    const begun = clock.now();
    const priority: Priority =
      delivery === 'background' ? 'background' : priorityOf(question.context, begun, lifetimes.zone);
    const onPart = delivery === 'streamed' ? emit : undefined;
    const completion = await trace.span('origin', ({ parent }) =>
      callOrigin(origin, question, { signal, priority, onPart, traceparent: parent }, observer),
    );
    const now = clock.now();
    const making = makingOf(completion, now - begun);
    const no = isDefiniteNo(completion);
    if (controls.noStore || (!no && !isStorable(completion))) {
      return { entry: Entry.of(completion, lifetimes.none(now), making), source: 'miss', match: 'exact' };
    }
    const entry = Entry.of(
      completion,
      no ? lifetimes.ofNo(now) : await lifetimes.of(question.context, place.partition, now),
      making,
    );
    await trace.span('store', () => this.#store(request, entry, details, mark));
    return { entry, source: 'miss', match: 'exact' };
  }

  async #store(request: Request, entry: Entry, known: Details | undefined, mark: number): Promise<void> {
    const { shelf, feed, questions, sharing, settings } = this.#parts;
    const { place, shared, tags, question } = request;
    const details = known ?? { text: place.asked ?? '' };
    if (!(await shelf.write(place, entry, { details, tags }, mark))) return;
    if (place.free) questions?.add(place.key, place.frame.id, details);
    // Who misses this reads the record all the same; only its wordings are not proposed there yet.
    feed.publish({ kind: 'stored', key: place.key, frame: place.frame.id, by: feed.engine }).catch(() => {});
    if (shared === undefined || sharing === undefined || !settings.current.sharing) return;
    if (!(await sharing.admits(question, entry.completion, place.partition))) return;
    // A copy: what becomes of the one in the vendor's own place is not what becomes of this one.
    const copy = new Entry(entry.body, entry.lifetime, entry.making);
    if (!(await shelf.write(shared, copy, { details, tags: [] }, mark))) return;
    questions?.add(shared.key, shared.frame.id, details);
    feed.publish({ kind: 'stored', key: shared.key, frame: shared.frame.id, by: feed.engine }).catch(() => {});
  }
}

/** Whether an entry meets what the caller asks of its age. */
function acceptable(entry: Entry, { maxAge, minFresh }: Controls, now: number): boolean {
  if (maxAge !== Infinity && entry.ageSeconds(now) > maxAge) return false;
  return minFresh === 0 || entry.secondsLeft(now) >= minFresh;
}

/** The frame of an alias' target: the alias' own, or the shared one. */
function frameOf(target: string, place: Place, shared: Place | undefined): string {
  return shared !== undefined && partitionOfKey(target) === shared.partition ? shared.frame.id : place.frame.id;
}

/** Requests that want the origin's own word, or want nothing stored, are merged only with their like. */
function flightOf(key: string, { noCache, noStore }: Controls): string {
  return noCache || noStore ? `${key}${noCache ? '!' : ''}${noStore ? '-' : ''}` : key;
}
