import type { AnswerKey } from './answer-key.ts';
import type { Controls } from './controls.ts';
import type { Entry } from './entry.ts';

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
  /** The key of the question whose answer it is, where that is another wording. */
  readonly target?: AnswerKey | undefined;
}

/** Whether an entry may be served: not past the time in which it is served while it is asked for anew. */
export function isServable({ lifetime: { staleUntil } }: Entry, now: number): boolean {
  return staleUntil > now;
}

/** Whether an entry meets what the caller asks of its age. */
export function isAcceptable(entry: Entry, { maxAge, minFresh }: Controls, now: number): boolean {
  if (maxAge !== Infinity && entry.ageSeconds(now) > maxAge) return false;
  return minFresh === 0 || entry.secondsLeft(now) >= minFresh;
}
