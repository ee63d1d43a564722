/**
 * The one source of "now". Everything that depends on time takes a Clock (or an instant), so that a test, a dry run
 * ("may I deploy on Friday at 18:00?") and production run the same code.
 */
export interface Clock {
  /** The present instant, in milliseconds since the Unix epoch. */
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still at `instant` (milliseconds since the Unix epoch). */
export function fixedClock(instant: number): Clock {
  return { now: () => instant };
}
