import type { Verdict } from './judge.ts';

/** How a call to the origin ended. */
export type OriginCallOutcome = 'ok' | 'error' | 'timeout';

/** Whoever counts how wordings are resolved. */
export interface SemanticObserver {
  /** What a judge said; `failed` when it said nothing. */
  judged(verdict: Verdict['verdict'] | 'failed'): void;
}

/** Why an answer was made or made again without a caller who waits for it. */
export type RefreshReason = 'early' | 'stale';

/** Whoever counts what the engine does. */
export interface Observer extends SemanticObserver {
  originCall(outcome: OriginCallOutcome): void;
  /** A warm write that was not confirmed in time for its answer. */
  lateWarmWrite(): void;
  /** An answer that is asked for anew in the background. */
  refresh(reason: RefreshReason): void;
  /** A caller who was given the answer that is being made for another one. */
  merged(): void;
  /** A record that could not be opened: another version, or tampered with. */
  unreadable(): void;
  /** An alias that a sample found wrong. */
  revoked(): void;
}
