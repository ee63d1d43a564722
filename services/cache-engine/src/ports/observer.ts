/** How a call to the origin ended. */
export type OriginCallOutcome = 'ok' | 'error' | 'timeout';

/** Whoever counts what the engine does. */
export interface Observer {
  originCall(outcome: OriginCallOutcome): void;
  /** A warm write that was not confirmed in time for its answer. */
  lateWarmWrite(): void;
}
