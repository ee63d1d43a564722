import type { Ask, Invalidate, Reschedule, SeasonEvent, SeasonTrace } from './trace.ts';

/**
 * How a request was answered: from the process, from Redis, from the object store; by a wording that was resolved for the first
 * time; by the answer that was being made for another; or by the origin.
 */
export const SOURCES = ['hot', 'warm', 'cold', 'semantic', 'merged', 'miss'] as const;
export type Source = (typeof SOURCES)[number];

/** Whose question the answer was given to: the very words, other words, or another vendor's. */
export const MATCHES = ['exact', 'alias', 'shared'] as const;
export type MatchKind = (typeof MATCHES)[number];

/** One request's answer. */
export interface Served {
  readonly source: Source;
  readonly match: MatchKind;
  /** Whether the answer was past its time to live. */
  readonly stale: boolean;
  /** The intent that the answer was given for; `undefined` when that cannot be told. It is wrong when it is not the asked one. */
  readonly intent: number | undefined;
}

/** The parts of a cache that are switched off to see what they give. */
export const PARTS = ['hot', 'warm', 'semantics', 'sharing', 'stale-while-revalidate'] as const;
export type Part = (typeof PARTS)[number];

/** How a cache is made that a season is played to. */
export interface Setup {
  /** Parts that it is made without. */
  readonly off?: readonly Part[];
  /** Processes among which the requests go round; one unless told otherwise. */
  readonly processes?: number;
  /** A season that it has been asked before, and from which only its export is left. */
  readonly after?: Iterable<SeasonEvent>;
}

/** A cache that a season is played to, in virtual time. */
export interface CacheUnderTest {
  /** Calls to the origin so far, for misses and to renew. */
  readonly originCalls: number;
  /** Calls to the judge so far. */
  readonly judgeCalls: number;
  /** Tells what time it is, epoch milliseconds; never earlier than before. */
  advance(now: number): void;
  /** Answers a request; an event's copies are asked all at once, before any is answered. */
  ask(event: Ask): Promise<Served>;
  /** A wedding has another date. Resolves when outdated answers are served no more. */
  reschedule(event: Reschedule): Promise<void>;
  /** A vendor's data changed. Resolves when outdated answers are served no more. */
  invalidate(event: Invalidate): Promise<void>;
  /** Gives everything back. */
  close(): Promise<void>;
}

/** Makes a cache for a season with these settings. */
export type MakeCache = (trace: SeasonTrace, setup: Setup) => Promise<CacheUnderTest>;
