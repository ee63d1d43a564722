import { OriginError } from '../../ports/origin.ts';

/** Longest pause that a caller is kept waiting for before a retry, in milliseconds; who is to wait longer is told so. */
const LONGEST_PAUSE = 2_000;

/** A retry comes after up to so many milliseconds, drawn evenly, so that those who failed together do not come back together. */
const SPREAD = 250;

/**
 * Milliseconds after which a call that failed with `error` may be made again; `undefined` when it may not: the same request would
 * be refused again, the engine's key is no better the second time, or the origin wants to be left alone for longer.
 * @param random a number from 0 up to 1, evenly drawn
 */
export function pauseBeforeRetry(error: unknown, random: () => number): number | undefined {
  if (!(error instanceof OriginError) || !mayPass(error)) return undefined;
  const asked = (error.retryAfter ?? 0) * 1000;
  return asked > LONGEST_PAUSE ? undefined : asked + random() * SPREAD;
}

function mayPass({ failure, status, retryAfter }: OriginError): boolean {
  switch (failure) {
    case 'unavailable':
      return status === undefined;
    case 'timeout':
      return true;
    case 'limited':
      return retryAfter !== undefined;
    case 'refused':
    case 'no-answer':
    case 'breaker-open':
    case 'overloaded':
      return false;
  }
}
