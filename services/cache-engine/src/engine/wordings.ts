import type { Clock } from '@wedsync/domain';
import type { Trace } from '../ports/tracer.ts';
import { Alias } from './alias.ts';
import { isAcceptable, isServable, type Answered } from './answered.ts';
import type { AnswerKey } from './answer-key.ts';
import { isStorable } from './completion.ts';
import { Entry } from './entry.ts';
import type { HotTier } from './hot-tier.ts';
import type { Removals } from './invalidation/removals.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Place } from './place.ts';
import { frameOfTarget, type Request } from './request.ts';
import { requestOf } from './requesting.ts';
import type { Details } from './semantic/details.ts';
import type { ListedQuestion } from './semantic/questions.ts';
import type { Asked, Match, Resolver } from './semantic/resolver.ts';
import type { Settings } from './settings.ts';
import type { Shelf } from './shelf.ts';

/** Matches whose answer turns out to be gone that are looked past in one request, so that none goes on looking for ever. */
const GONE_AT_MOST = 3;

/** What answering by other wordings is made of. */
export interface WordingsParts {
  readonly hot: HotTier;
  readonly shelf: Shelf;
  readonly removals: Removals;
  readonly lifetimes: Lifetimes;
  /** Without it there are hits by key only. */
  readonly resolver: Resolver | undefined;
  readonly questions:
    | {
        listed(key: AnswerKey, frame: string): Promise<ListedQuestion | undefined>;
        forget(key: AnswerKey, frame: string): boolean;
      }
    | undefined;
  readonly settings: { readonly current: Settings };
  readonly clock: Clock;
}

/** What resolving a wording came to: an answer, and what was worked out of the question on the way. */
export interface Resolved {
  readonly answered?: Answered;
  readonly details?: Details | undefined;
}

/** Answers questions by the answers of others that ask the same in other words, and remembers each as an alias. */
export class Wordings {
  readonly #parts: WordingsParts;

  constructor(parts: WordingsParts) {
    this.#parts = parts;
  }

  /** The text of a question whose wording is free, with its vector where there is one. */
  async detailsOf({ free, asked }: Place, signal: AbortSignal): Promise<Details | undefined> {
    if (!free || asked === undefined) return undefined;
    return this.#parts.resolver?.details(asked, signal);
  }

  /**
   * The answer of a stored question that asks the same, in the own frame or the shared one; it may be past its time to live. Equal
   * wording is looked for first, by words alone: where it is found no model is run.
   */
  async resolve(request: Request, signal: AbortSignal, trace: Trace): Promise<Resolved> {
    const { resolver, settings } = this.#parts;
    const { place, shared, controls } = request;
    const { asked, free } = place;
    if (resolver === undefined || asked === undefined || !free || !settings.current.semantic) return {};
    const embed = () => trace.span('embed', () => this.detailsOf(place, signal));
    if (controls.noSemantic) return { details: await embed() };
    const places = shared === undefined ? [place] : [place, shared];
    const compared = new Set<AnswerKey>();
    for (const where of places) {
      const worded = (from: Asked) => resolver.worded(from, compared);
      const answered = await trace.span('compare wording', () =>
        this.#resolveIn(where, request, { text: asked }, worded),
      );
      if (answered !== undefined) return { answered };
    }
    const details = await embed();
    if (details === undefined) return {};
    for (const where of places) {
      const late = (match: Match) => void this.#followLate(request, where, match, details);
      const confirmed = (from: Asked) => resolver.resolve(from, signal, late, compared);
      const answered = await trace.span('resolve wording', () => this.#resolveIn(where, request, details, confirmed));
      if (answered !== undefined) return { answered, details };
    }
    return { details };
  }

  /**
   * The request for the very question that `target` is the key of, with what its answer rests on: an answer that an alias leads to
   * is made anew by its own question. Made by the asked wording it would lie under the key of a text that nobody put to the origin.
   * `undefined` when the text is no longer known.
   */
  async requestOfTarget(request: Request, target: AnswerKey): Promise<Request | undefined> {
    const { question, place, shared, controls, tags } = request;
    const frame = frameOfTarget(target, place, shared);
    const listed = await this.#parts.questions?.listed(target, frame).catch(() => undefined);
    const last = question.messages.at(-1);
    if (listed === undefined || last === undefined) return undefined;
    const text = typeof last.text === 'string' ? listed.text : [listed.text];
    const reworded = { ...question, messages: [...question.messages.slice(0, -1), { ...last, text }] };
    const { request: aim } = requestOf(reworded, place.partition, controls);
    if (aim.place.key !== target && aim.shared?.key !== target) return undefined;
    // Whoever asked for the answer in whatever words has said what it rests on.
    return { ...aim, tags: [...new Set([...listed.tags, ...tags])] };
  }

  async #resolveIn(
    where: Place,
    request: Request,
    details: Details,
    find: (asked: Asked) => Promise<Match | undefined>,
  ): Promise<Answered | undefined> {
    const { questions, lifetimes, removals, clock } = this.#parts;
    const { weddingDate } = request.place.frame;
    const asked = {
      ...{ key: where.key, alias: request.place.key, partition: where.partition, frame: where.frame.id, details },
      floor: lifetimes.similarityFloor(weddingDate),
      atOnce: !lifetimes.trustsEarlierVerdicts(weddingDate),
    };
    for (let gone = 0; gone < GONE_AT_MOST; gone++) {
      const match = await find(asked);
      if (match === undefined) return undefined;
      const { mark } = removals;
      const entry = await this.#entryOf(match, where);
      if (entry !== undefined) {
        const answered = this.#follow(request, match, entry, details, mark);
        return answered && isAcceptable(entry, request.controls, clock.now()) ? answered : undefined;
      }
      // Others that ask the same may stand behind it.
      if (!questions?.forget(match.target, where.frame.id)) return undefined;
    }
    return undefined;
  }

  /** Follows a match that came late, unless the origin has given the question its own answer meanwhile. */
  async #followLate(request: Request, where: Place, match: Match, details: Details): Promise<void> {
    const { hot, removals, clock } = this.#parts;
    const own = hot.get(request.place.key);
    if (own instanceof Entry && own.lifetime.freshUntil > clock.now()) return;
    const { mark } = removals;
    const entry = await this.#entryOf(match, where);
    if (entry !== undefined) this.#follow(request, match, entry, details, mark);
  }

  /** The answer that a match leads to, if it may still be served. */
  async #entryOf({ target }: Match, { frame }: Place): Promise<Entry | undefined> {
    const { hot, shelf, clock } = this.#parts;
    const held = hot.get(target);
    const entry = held instanceof Entry ? held : (await shelf.read(target, frame.id))?.value;
    return entry instanceof Entry && isServable(entry, clock.now()) ? entry : undefined;
  }

  /**
   * Gives what a match led to, and stores the alias by which it is found from now on.
   * @param mark where the removals stood before the entry was read.
   */
  #follow(
    request: Request,
    { target, provenance }: Match,
    entry: Entry,
    { text }: Details,
    mark: number,
  ): Answered | undefined {
    const { shelf } = this.#parts;
    // A refusal is remembered for its own question only.
    if (!isStorable(entry.completion)) return undefined;
    const alias = new Alias(target, provenance, entry.lifetime.goneAt);
    if (!request.controls.noStore) {
      // The caller has its answer without waiting for this; until it is stored, the wording is resolved again.
      void shelf.write(request.place, alias, { details: { text }, tags: request.tags }, mark);
    }
    return { entry, source: 'semantic', match: 'alias', target };
  }
}
