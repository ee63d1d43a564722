import { LRUCache } from 'lru-cache';
import type { Clock } from '@wedsync/domain';
import type { Embedder } from '../../ports/embedder.ts';
import type { Judge, Pair } from '../../ports/judge.ts';
import type { SemanticObserver } from '../../ports/observer.ts';
import type { AnswerKey } from '../answer-key.ts';
import type { Provenance } from '../alias.ts';
import { normalForm, sameWording, slotConflict } from '../language/index.ts';
import type { Candidate } from './candidates.ts';
import type { Details } from './details.ts';
import type { Questions } from './questions.ts';

/** The provenance of what the deterministic check of wording confirms. */
export const BY_WORDING = 'wording';

/** Candidates that are looked at. */
const CANDIDATES = 5;

/** Candidates that are put to a judge, nearest first. */
const JUDGED = 2;

/** Pairs of normal forms whose verdict is remembered, so that no judge is paid twice for one. */
const VERDICTS = 20_000;

const NONE: ReadonlySet<AnswerKey> = new Set();

/** How candidates are decided on. */
export interface SemanticPolicy {
  /** Whether a caller waits for the judge, or is answered by the origin while the judge decides for the next one. */
  readonly judging: 'at-once' | 'in-background';
  /** Milliseconds that a caller waits for the judge at most; the verdict counts for later askers all the same. */
  readonly judgePatience: number;
}

/** What resolving is made of. */
export interface ResolverParts {
  readonly questions: Questions;
  readonly embedder: Embedder;
  /** Without one only the deterministic check of wording confirms. */
  readonly judge: Judge | undefined;
  /** How candidates are decided on now. */
  readonly policy: () => SemanticPolicy;
  readonly clock: Clock;
  readonly observer: SemanticObserver;
}

/** What became of one candidate. */
export interface Considered extends Candidate {
  readonly outcome: 'below-floor' | 'slot-conflict' | 'same-wording' | 'judged-same' | 'judged-different' | 'undecided';
  /** The slot and its two values, for a conflict. */
  readonly conflict?: { readonly slot: string; readonly a: string; readonly b: string } | undefined;
}

/** A stored question that asks the same, and why it is taken to. */
export interface Match {
  readonly target: AnswerKey;
  readonly provenance: Provenance;
}

/** What is asked for: a question in a frame. */
export interface Asked {
  readonly key: AnswerKey;
  /** Where an alias for it would lie: its own key, also when candidates are looked for in the shared scope. */
  readonly alias: AnswerKey;
  readonly partition: string;
  readonly frame: string;
  readonly details: Details;
  /** Least cosine similarity of a candidate. */
  readonly floor: number;
  /** Whether only a verdict counts that is given for this very request. */
  readonly atOnce: boolean;
}

/**
 * Finds a stored question that asks the same: vectors and words propose, the floor and the slots reject, equal wording or the
 * judge confirms. When in doubt there is none.
 */
export class Resolver {
  readonly #parts: ResolverParts;
  readonly #verdicts = new LRUCache<string, boolean>({ max: VERDICTS });
  /** Pairs of keys that were taken back, by this engine or another. */
  readonly #refuted = new LRUCache<string, true>({ max: VERDICTS });

  constructor(parts: ResolverParts) {
    this.#parts = parts;
  }

  /** The question's text with its vector; without it when the embedder is too busy or away. */
  async details(text: string, signal?: AbortSignal): Promise<Details> {
    try {
      const [vector] = await this.#parts.embedder.embed([normalForm(text)], signal);
      return { text, vector };
    } catch {
      return { text };
    }
  }

  /** Takes a pair for different from now on, whatever was said of it before, and whatever its wording. */
  refute({ stored, asked }: Pair): void {
    this.#verdicts.set(pairOfTexts(stored, asked), false);
  }

  /** The same for the questions under two keys, whose texts need not be known here. */
  refuteAlias(alias: AnswerKey, target: AnswerKey): void {
    this.#refuted.set(pairOf(target, alias), true);
  }

  /**
   * The stored question with the same wording, found by its words alone: no model is run for it.
   * @param compared takes in the keys of those whose wording turned out to be another.
   */
  async worded(asked: Asked, compared: Set<AnswerKey>): Promise<Match | undefined> {
    const { text } = asked.details;
    for (const candidate of await this.#near({ ...asked, details: { text } })) {
      if (this.#isWorded(candidate, asked)) return this.#match(candidate, BY_WORDING);
      compared.add(candidate.id);
    }
    return undefined;
  }

  /**
   * The stored question that `asked` may be answered by.
   * @param onLate called with a match that the judge confirmed after the caller had stopped waiting.
   * @param compared the keys of those that have another wording for sure.
   */
  async resolve(
    asked: Asked,
    signal: AbortSignal,
    onLate: (match: Match) => void,
    compared: ReadonlySet<AnswerKey> = NONE,
  ): Promise<Match | undefined> {
    const { judge } = this.#parts;
    const candidates = await this.#near(asked);
    const worded = candidates.find((candidate) => !compared.has(candidate.id) && this.#isWorded(candidate, asked));
    if (worded !== undefined) return this.#match(worded, BY_WORDING);
    if (judge === undefined) return undefined;
    const looked = candidates.map((candidate) => this.#look(candidate, asked));
    // Before any judge is paid: an earlier yes may stand behind what is undecided.
    const judged = looked.find(({ outcome }) => outcome === 'judged-same');
    if (judged !== undefined) return this.#match(judged, judge.name);
    const open = looked.filter(({ outcome }) => outcome === 'undecided').slice(0, JUDGED);
    return open.length === 0 ? undefined : this.#confirm(asked, open, judge, signal, onLate);
  }

  /** What would become of each candidate now, without asking a judge. */
  async consider(asked: Asked): Promise<readonly Considered[]> {
    const candidates = await this.#near(asked);
    return candidates.map((candidate) =>
      this.#isWorded(candidate, asked) ? { ...candidate, outcome: 'same-wording' } : this.#look(candidate, asked),
    );
  }

  async #near({ key, partition, frame, details }: Asked): Promise<readonly Candidate[]> {
    const now = this.#parts.clock.now();
    const candidates = await this.#parts.questions.near(partition, frame, details, CANDIDATES, now);
    return candidates.filter(({ id }) => id !== key);
  }

  /** Whether a candidate has the same wording; not when the pair was found different all the same. */
  #isWorded(candidate: Candidate, asked: Asked): boolean {
    return this.#verdictOn(candidate, asked) !== false && sameWording(candidate.text, asked.details.text);
  }

  /** What was said of a pair before; a pair that was taken back is different. */
  #verdictOn({ id, text }: Candidate, { alias, details }: Asked): boolean | undefined {
    return this.#refuted.has(pairOf(id, alias)) ? false : this.#verdicts.get(pairOfTexts(text, details.text));
  }

  /** What becomes of a candidate with another wording, without asking a judge. */
  #look(candidate: Candidate, asked: Asked): Considered {
    const { details, floor, atOnce } = asked;
    const verdict = this.#verdictOn(candidate, asked);
    // An earlier no is always believed.
    if (verdict === false) return { ...candidate, outcome: 'judged-different' };
    if (candidate.similarity < floor) return { ...candidate, outcome: 'below-floor' };
    const conflict = slotConflict(candidate.text, details.text);
    if (conflict !== undefined) return { ...candidate, outcome: 'slot-conflict', conflict };
    return { ...candidate, outcome: verdict === undefined || atOnce ? 'undecided' : 'judged-same' };
  }

  async #confirm(
    asked: Asked,
    open: readonly Candidate[],
    judge: Judge,
    signal: AbortSignal,
    onLate: (match: Match) => void,
  ): Promise<Match | undefined> {
    const { policy } = this.#parts;
    let late = policy().judging === 'in-background' && !asked.atOnce;
    const verdict = this.#firstSame(asked, open, judge, late ? undefined : signal).then((match) => {
      if (late && match !== undefined) onLate(match);
      return match;
    });
    if (late) {
      verdict.catch(() => {});
      return undefined;
    }
    const patience = new Promise<undefined>((resolve) => {
      setTimeout(() => ((late = true), resolve(undefined)), policy().judgePatience).unref();
    });
    return Promise.race([verdict, patience]);
  }

  /** The first of the candidates that the judge calls the same. A judge that fails has said nothing. */
  async #firstSame(
    asked: Asked,
    open: readonly Candidate[],
    judge: Judge,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Match | undefined> {
    const { text } = asked.details;
    for (const candidate of open) {
      const said = await judge.judge({ stored: candidate.text, asked: text }, signal).catch(() => undefined);
      this.#parts.observer.judged(said?.verdict ?? 'failed');
      if (said === undefined) return undefined;
      if (said.verdict !== 'unsure') this.#verdicts.set(pairOfTexts(candidate.text, text), said.verdict === 'same');
      // It may have been taken back while the judge was at it.
      if (said.verdict === 'same' && this.#verdictOn(candidate, asked) !== false)
        return this.#match(candidate, judge.name);
    }
    return undefined;
  }

  #match({ id, similarity }: Candidate, by: string): Match {
    return { target: id, provenance: { by, similarity, at: this.#parts.clock.now() } };
  }
}

/** Names two texts whichever was stored: what a judge says of them holds both ways, and however either is spelt or dressed. */
function pairOfTexts(one: string, other: string): string {
  const [first, second] = [normalForm(one), normalForm(other)];
  return first < second ? pairOf(first, second) : pairOf(second, first);
}

function pairOf(one: string, other: string): string {
  return JSON.stringify([one, other]);
}
