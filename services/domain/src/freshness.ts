import type { CalendarDate } from './calendar.ts';
import { nextChange, timeToLive, type TimeToLiveFacts, undisturbedTimeToLive } from './time-to-live.ts';

/** The instants (epoch milliseconds) that divide an answer's life. Each is at least the one before. */
export interface Lifetime {
  /** When the answer was given. */
  readonly bornAt: number;
  /** Until then it is served as it is. */
  readonly freshUntil: number;
  /** Until then it is served while it is asked for anew. */
  readonly staleUntil: number;
  /** Until then it is served, marked, when it cannot be had anew; afterwards it is gone. */
  readonly goneAt: number;
}

/** How far a fresh period is drawn from its time to live, either way, so that what was stored together does not expire together. */
export const JITTER = 0.1;

/**
 * The stale windows of RFC 5861 as shares of the time to live: what changes quickly may be stale only briefly. The second begins,
 * like the first, where freshness ends.
 */
const STALE_WHILE_REVALIDATE = 0.5;
const STALE_IF_ERROR = 2;
/** The longest an answer is served for want of a better one, in seconds: a day's outage of the origin. */
const LONGEST_STALE_IF_ERROR = 86_400;

/** How long a definite "no answer" is kept, in seconds: long enough to calm a crowd, short enough for the next try to matter. */
const NEGATIVE = 60;

/** What a lifetime is derived from. */
export interface LifetimeFacts {
  /** The instant of the answer, epoch milliseconds. */
  readonly now: number;
  /** What `timeToLive` gives. */
  readonly ttlSeconds: number;
  /** The next instant (epoch milliseconds) that changes the answer: nothing outlives it. Infinity for none. */
  readonly changeAt: number;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
}

/**
 * The whole lifetime of an answer: fresh for the time to live give or take a tenth, then stale for a while, and in no form past
 * the next date that changes it.
 */
export function lifetimeOf({ now, ttlSeconds, changeAt, random }: LifetimeFacts): Lifetime {
  const ttl = ttlSeconds * 1000;
  const fresh = ttl * (1 + JITTER * (2 * random() - 1));
  const whileRevalidating = ttl * STALE_WHILE_REVALIDATE;
  const ifError = Math.max(whileRevalidating, Math.min(ttl * STALE_IF_ERROR, LONGEST_STALE_IF_ERROR * 1000));
  const end = (milliseconds: number) => Math.max(now, Math.min(Math.round(now + milliseconds), changeAt));
  return {
    bornAt: now,
    freshUntil: end(fresh),
    staleUntil: end(fresh + whileRevalidating),
    goneAt: end(fresh + ifError),
  };
}

/** The lifetime of an answer given at `facts.now`. */
export function answerLifetime(facts: TimeToLiveFacts, random: () => number): Lifetime {
  return lifetimeOf({ now: facts.now, ttlSeconds: timeToLive(facts), changeAt: nextChange(facts), random });
}

/** The lifetime of a definite "no answer": a minute, never stale, and not past the next change either. */
export function negativeLifetime(now: number, changeAt: number): Lifetime {
  const end = Math.max(now, Math.min(now + NEGATIVE * 1000, changeAt));
  return { bornAt: now, freshUntil: end, staleUntil: end, goneAt: end };
}

/**
 * The lifetime of an answer born at `lifetime.bornAt` whose wedding has moved to `weddingDate`, at `facts.now`; `undefined` when
 * it is gone by the new date.
 *
 * It is as if it had been born with the new date, and no longer than an answer born now would live: the shorter of both times to
 * live counts, from birth, and a new date between birth and now ends it. A later date may lengthen a life that nearness had shortened.
 */
export function movedLifetime(
  { bornAt }: Pick<Lifetime, 'bornAt'>,
  facts: TimeToLiveFacts & { readonly weddingDate: CalendarDate },
  random: () => number,
): Lifetime | undefined {
  const atBirth = { ...facts, now: bornAt };
  const ttlSeconds = Math.min(undisturbedTimeToLive(atBirth), undisturbedTimeToLive(facts));
  const moved = lifetimeOf({ now: bornAt, ttlSeconds, changeAt: nextChange(atBirth), random });
  return moved.goneAt > facts.now ? moved : undefined;
}

/** What the choice to refresh early depends on. */
export interface EarlyRefreshFacts {
  readonly now: number;
  readonly freshUntil: number;
  /** How long the origin took for the answer, in milliseconds. */
  readonly originMilliseconds: number;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
  /** How eager: 1 is the optimum of the paper, more is earlier. */
  readonly beta?: number;
}

/**
 * Whether this request refreshes an answer that is still fresh: XFetch, the optimal probabilistic early expiration of Vattani,
 * Chierichetti and Lowenstein (Optimal Probabilistic Cache Stampede Prevention, VLDB 2015). One request a little before the expiry
 * does, sooner for what takes longer to make; so a crowd never meets an expired answer at once.
 */
export function shouldRefreshEarly({
  now,
  freshUntil,
  originMilliseconds,
  random,
  beta = 1,
}: EarlyRefreshFacts): boolean {
  // 1 − random lies in (0, 1], whose logarithm is finite.
  return now - originMilliseconds * beta * Math.log(1 - random()) >= freshUntil;
}
