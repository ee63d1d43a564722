import type { Clock } from '@wedsync/domain';
import type { ChangeFeed } from '../ports/change-feed.ts';
import type { Observer } from '../ports/observer.ts';
import type { AnswerPart, Origin } from '../ports/origin.ts';
import type { Trace } from '../ports/tracer.ts';
import { priorityOf, type Priority } from './admission/priority.ts';
import type { Answered } from './answered.ts';
import type { AnswerKey } from './answer-key.ts';
import { isDefiniteNo, isStorable } from './completion.ts';
import { Entry } from './entry.ts';
import type { Removals } from './invalidation/removals.ts';
import type { Lifetimes } from './lifetimes.ts';
import { makingOf } from './making.ts';
import { callOrigin } from './origin-call.ts';
import type { Place } from './place.ts';
import type { Request } from './request.ts';
import type { Details } from './semantic/details.ts';
import type { Settings } from './settings.ts';
import type { Shelf } from './shelf.ts';
import type { FlightControls } from './single-flight.ts';
import type { SharedScope } from './tenancy/shared-scope.ts';

/** What making answers takes. */
export interface MakerParts {
  readonly origin: Origin;
  readonly shelf: Shelf;
  readonly removals: Removals;
  readonly lifetimes: Lifetimes;
  readonly questions: { add(key: AnswerKey, frame: string, details: Details, until: number): void } | undefined;
  /** Without it vendors share nothing. */
  readonly sharing: SharedScope | undefined;
  readonly settings: { readonly current: Settings };
  readonly feed: ChangeFeed;
  readonly clock: Clock;
  readonly observer: Observer;
}

/** How an answer is wanted: as it is made, whole, or by nobody who waits. */
export type Delivery = 'streamed' | 'whole' | 'background';

/** Has answers made by the origin, and stores them where they will be looked for. */
export class Maker {
  readonly #parts: MakerParts;

  constructor(parts: MakerParts) {
    this.#parts = parts;
  }

  /** The origin's answer, stored if it may be. Rejects with an OriginError, or with the reason of the flight's signal. */
  async make(
    request: Request,
    delivery: Delivery,
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
    const { sharing, settings } = this.#parts;
    const { place, shared, tags, question } = request;
    const details = known ?? { text: place.asked ?? '' };
    if (!(await this.#put(place, entry, details, tags, mark))) return;
    if (shared === undefined || sharing === undefined || !settings.current.sharing) return;
    if (!(await sharing.admits(question, entry.completion, place.partition))) return;
    // A copy: what becomes of the one in the vendor's own place is not what becomes of this one.
    await this.#put(shared, new Entry(entry.body, entry.lifetime, entry.making), details, [], mark);
  }

  async #put(place: Place, entry: Entry, details: Details, tags: readonly string[], mark: number): Promise<boolean> {
    const { shelf, feed, questions } = this.#parts;
    const { key, frame, free } = place;
    if (!(await shelf.write(place, entry, { details, tags }, mark))) return false;
    if (free) questions?.add(key, frame.id, details, entry.lifetime.staleUntil);
    // Who misses this reads the record all the same; only its wordings are not proposed there yet.
    feed.publish({ kind: 'stored', key, frame: frame.id, by: feed.engine }).catch(() => {});
    return true;
  }
}
