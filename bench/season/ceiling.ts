import { type Ideal, IdealCache } from './ideal-cache.ts';
import { Lifetimes } from './lifetimes.ts';
import { sharingRule } from './sharing-rule.ts';
import { type SeasonEvent, ZONE } from './trace.ts';

/** What a cache gets out of a trace, over all its requests. */
export interface Yield {
  /** 0 to 1. */
  readonly hitRate: number;
  /** Calls to the origin for each request: the misses, and what was renewed. */
  readonly calls: number;
}

/** What a trace allows. */
export interface Ceilings {
  /** No cache that waits to be asked can hit more: every answer is made again at every asking, and lives as long as the rules allow. */
  readonly strict: Yield;
  /** An ideal cache that makes an answer again only when it is asked for and stale: what a real one strives for. */
  readonly ideal: Yield;
  /** The ideal one that also makes an answer again when it is asked for in the second half of its fresh time. */
  readonly idealAhead: Yield;
  /** The ideal one without stale-while-revalidate: at the end of its time to live an answer is gone. */
  readonly idealWithoutStale: Yield;
  /** The ideal one in which identical requests at once are not merged. */
  readonly idealWithoutMerging: Yield;
  /** The ideal one that shares every general question, also one whose words may not be shared: what the rule costs. */
  readonly idealSharingAnyWords: Yield;
  /** The ideal one in which vendors share nothing. */
  readonly idealWithoutSharing: Yield;
  /** The ideal one to which other words are another question, but spelling, case and padding are not. */
  readonly idealWithoutSemantics: Yield;
  /** The ideal one to which other letters are another question. */
  readonly idealByText: Yield;
  /** The last without sharing: all that a plain cache of exact texts could do. */
  readonly idealByTextAlone: Yield;
  /** If every answer were made again without being asked for, from its first asking on: what warming could add at most. */
  readonly renewedUnasked: Yield;
}

/**
 * Works out what a trace allows for a rule of sharing (how many vendors must have asked, and in which words), reading it once. The rule
 * is the engine's own unless another is given: like the lifetimes it is not a cache's to choose.
 */
export function ceilingsOf(
  trace: Iterable<SeasonEvent>,
  sharers: number,
  shares: Ideal['shares'] = sharingRule(),
): Ceilings {
  const ideal: Ideal = { identity: 'intent', sharers, shares, renewal: 'when-stale', merging: true, draw: 0.5 };
  const ideals: Readonly<Record<keyof Ceilings, Ideal>> = {
    strict: { ...ideal, renewal: 'at-every-asking', draw: 1 },
    ideal,
    idealAhead: { ...ideal, renewal: 'when-half-stale' },
    idealWithoutStale: { ...ideal, renewal: 'never' },
    idealWithoutMerging: { ...ideal, merging: false },
    idealSharingAnyWords: { ...ideal, shares: undefined },
    idealWithoutSharing: { ...ideal, sharers: Infinity },
    idealWithoutSemantics: { ...ideal, identity: 'wording' },
    idealByText: { ...ideal, identity: 'text' },
    idealByTextAlone: { ...ideal, identity: 'text', sharers: Infinity },
    renewedUnasked: { ...ideal, renewal: 'unasked' },
  };
  const lifetimes = new Lifetimes(ZONE);
  const names = Object.keys(ideals) as (keyof Ceilings)[];
  const runs = names.map((name) => ({ name, cache: new IdealCache(ideals[name], lifetimes), hits: 0 }));
  let requests = 0;
  let now = 0;
  for (const event of trace) {
    now = event.at;
    if (event.kind === 'ask') requests += event.copies;
    for (const run of runs) {
      if (event.kind === 'reschedule') run.cache.reschedule(event);
      else if (event.kind === 'invalidate') run.cache.invalidate(event);
      else {
        const { first, others } = run.cache.serve(event);
        run.hits += (first.source === 'miss' ? 0 : 1) + (others.source === 'miss' ? 0 : event.copies - 1);
      }
    }
  }
  const share = (count: number) => (requests === 0 ? 0 : count / requests);
  const yields = runs.map(({ name, cache, hits }): [keyof Ceilings, Yield] => [
    name,
    { hitRate: share(hits), calls: share(cache.callsUntil(now)) },
  ]);
  return Object.fromEntries(yields) as unknown as Ceilings;
}
