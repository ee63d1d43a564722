import type { VendorType } from '@wedsync/domain';
import type { CacheUnderTest, Part, Served } from './cache-under-test.ts';
import { Lifetimes } from './lifetimes.ts';
import type { Vendor } from './population.ts';
import { sharingRule } from './sharing-rule.ts';
import { type Ask, type Invalidate, type Reschedule, ZONE } from './trace.ts';

/** What two askings must have in common to be one question. */
export type Identity = 'text' | 'wording' | 'intent';

/**
 * When an answer that is there is made again: never; when it is asked for and found stale, as by stale-while-revalidate; or found
 * in the second half of its fresh time, too; at every asking, more than which no cache can do that waits to be asked; or whenever it
 * would become stale, without being asked, from its first asking on.
 */
export type Renewal = 'never' | 'when-stale' | 'when-half-stale' | 'at-every-asking' | 'unasked';

/** How ideal the cache is. */
export interface Ideal {
  readonly identity: Identity;
  /** Vendors who must have asked a general question before its answer is shared; Infinity for no sharing. */
  readonly sharers: number;
  /** Whether a general question in these words may be shared at all; in any, when it is left out. */
  readonly shares?: ((text: string, vendorType: VendorType) => boolean) | undefined;
  readonly renewal: Renewal;
  /** Whether one call answers all of a burst. */
  readonly merging: boolean;
  /** The jitter of every lifetime: 0.5 for none, 1 for the longest that the rules allow. */
  readonly draw: number;
}

/** Answers from which on those that are gone are looked for. */
const SWEEP_FROM = 50_000;

/** Where an ideal cache stands: it knows what a question means, forgets nothing and takes no time. */
interface Kept {
  bornAt: number;
  freshUntil: number;
  goneAt: number;
  /** How long it was fresh when it was first made, in milliseconds. */
  readonly period: number;
  readonly wording: number;
}

/**
 * A cache with memory without bounds and perfect knowledge of meaning, bound only by lifetimes, tenancy and the rule of sharing. It is
 * the measure of a trace: what it misses no cache of its kind can hit.
 */
export class IdealCache {
  readonly #ideal: Ideal;
  readonly #lifetimes: Lifetimes;
  readonly #kept = new Map<string, Kept>();
  readonly #sightings = new Map<string, Set<number>>();
  readonly #outdated = new Map<string, number>();
  #sweepAt = SWEEP_FROM;
  #calls = 0;

  /** @param lifetimes may be another cache's as well: they are the same for all. */
  constructor(ideal: Ideal, lifetimes = new Lifetimes(ZONE)) {
    this.#ideal = ideal;
    this.#lifetimes = lifetimes;
  }

  /** How each of an asking's copies is answered: the first of them, and the others. */
  serve(ask: Ask): { readonly first: Served; readonly others: Served } {
    const found = this.#find(ask);
    if (found !== undefined) return { first: found, others: found };
    const miss = { source: 'miss', match: 'exact', stale: false, intent: ask.intent.id } as const;
    return { first: miss, others: this.#ideal.merging ? { ...miss, source: 'merged' } : miss };
  }

  /** Calls to the origin until `now`: for misses and to renew. */
  callsUntil(now: number): number {
    let renewed = 0;
    for (const kept of this.#kept.values()) renewed += this.#renewedUnasked(kept, now);
    return this.#calls + renewed;
  }

  /** Forgets what rests on the date that a wedding had. */
  reschedule({ at, wedding }: Reschedule): void {
    this.#outdated.set(`wedding ${wedding.id}`, at);
  }

  /** Forgets what rests on the data that a vendor had. */
  invalidate({ at, vendor, tag }: Invalidate): void {
    this.#outdated.set(`vendor ${vendor.id} ${tag}`, at);
  }

  #find(ask: Ask): Served | undefined {
    const { at, vendor, wedding, byCouple, intent, text } = ask;
    const { shares = () => true } = this.#ideal;
    const question = this.#questionOf(ask);
    const own = `${vendor.id}/${wedding?.id}/${byCouple}/${question}`;
    const shared = intent.scope === 'general' && shares(text, vendor.type) ? `${vendor.type}/${question}` : undefined;
    const common = shared !== undefined && this.#mayShare(shared, vendor) ? shared : undefined;
    const mine = this.#alive(own, ask);
    if (mine !== undefined) return this.#hit(mine, ask, mine.wording === ask.wording ? 'exact' : 'alias');
    const theirs = common === undefined ? undefined : this.#alive(common, ask);
    if (theirs !== undefined) return this.#hit(theirs, ask, 'shared');
    const kept = { ...this.#lifeOf(ask), bornAt: at, wording: ask.wording };
    this.#keep(own, kept, at);
    if (common !== undefined) this.#keep(common, { ...kept }, at);
    this.#calls += this.#ideal.merging ? 1 : ask.copies;
    if (this.#kept.size >= this.#sweepAt) this.#sweep(at);
    return undefined;
  }

  #keep(key: string, kept: Kept, now: number): void {
    const before = this.#kept.get(key);
    if (before !== undefined) this.#calls += this.#renewedUnasked(before, now);
    this.#kept.set(key, kept);
  }

  /** How often an answer was made again by `now` without being asked for. */
  #renewedUnasked({ bornAt, period }: Kept, now: number): number {
    return this.#ideal.renewal === 'unasked' ? Math.floor((now - bornAt) / Math.max(1, period)) : 0;
  }

  /** Forgets what is gone anyhow, so that a long trace fits into memory. */
  #sweep(now: number): void {
    for (const [key, { goneAt }] of this.#kept) if (goneAt <= now) this.#kept.delete(key);
    this.#sweepAt = Math.max(SWEEP_FROM, 2 * this.#kept.size);
  }

  #questionOf({ intent, wording, text }: Ask): string | number {
    const { identity } = this.#ideal;
    return identity === 'intent' ? intent.id : identity === 'wording' ? wording : text;
  }

  /** Notes that a vendor asks; whether enough have. */
  #mayShare(question: string, vendor: Vendor): boolean {
    const { sharers } = this.#ideal;
    if (sharers === Infinity) return false;
    const seen = this.#sightings.get(question);
    if (seen === undefined) this.#sightings.set(question, new Set([vendor.id]));
    else if (seen.size < sharers) seen.add(vendor.id);
    return (seen?.size ?? 1) >= sharers;
  }

  #alive(key: string, { at, vendor, wedding, intent }: Ask): Kept | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined || kept.goneAt <= at) return undefined;
    const outdated = Math.max(
      intent.tag === undefined ? -Infinity : (this.#outdated.get(`vendor ${vendor.id} ${intent.tag}`) ?? -Infinity),
      wedding === undefined ? -Infinity : (this.#outdated.get(`wedding ${wedding.id}`) ?? -Infinity),
    );
    return kept.bornAt > outdated ? kept : undefined;
  }

  #hit(kept: Kept, ask: Ask, match: Served['match']): Served {
    const stale = kept.freshUntil <= ask.at;
    if (this.#isRenewed(kept, ask.at)) {
      const { freshUntil, goneAt } = this.#lifeOf(ask);
      // Nearer its wedding a new answer may end before the old one does.
      kept.goneAt = Math.max(kept.goneAt, goneAt);
      kept.freshUntil = Math.max(kept.freshUntil, freshUntil);
      kept.bornAt = ask.at;
      this.#calls++;
    }
    return { source: 'hot', match, stale, intent: ask.intent.id };
  }

  #isRenewed({ bornAt, freshUntil }: Kept, now: number): boolean {
    switch (this.#ideal.renewal) {
      case 'never':
      case 'unasked':
        return false;
      case 'when-stale':
        return freshUntil <= now;
      case 'when-half-stale':
        return (bornAt + freshUntil) / 2 <= now;
      case 'at-every-asking':
        return true;
    }
  }

  #lifeOf({ at, vendor, wedding }: Ask): Omit<Kept, 'bornAt' | 'wording'> {
    const { renewal, draw } = this.#ideal;
    const life = this.#lifetimes.of(vendor.type, wedding?.date, at, draw);
    const period = life.freshUntil - life.bornAt;
    if (renewal === 'unasked') return { freshUntil: Infinity, goneAt: Infinity, period };
    return { freshUntil: life.freshUntil, goneAt: renewal === 'never' ? life.freshUntil : life.staleUntil, period };
  }
}

/** The ideal cache as one that a season is played to, with parts switched off. */
export function idealCache(parts: readonly Part[], sharers: number): CacheUnderTest {
  const off = new Set(parts);
  const cache = new IdealCache({
    identity: off.has('semantics') ? 'wording' : 'intent',
    sharers: off.has('sharing') ? Infinity : sharers,
    shares: sharingRule(),
    renewal: off.has('stale-while-revalidate') ? 'never' : 'when-stale',
    merging: true,
    draw: 0.5,
  });
  let now = 0;
  let burst: { readonly ask: Ask; readonly others: Served } | undefined;
  return {
    get originCalls() {
      return cache.callsUntil(now);
    },
    judgeCalls: 0,
    advance: (instant) => void (now = instant),
    ask: async (ask) => {
      if (burst?.ask === ask) return burst.others;
      const { first, others } = cache.serve(ask);
      burst = { ask, others };
      return first;
    },
    reschedule: async (event) => cache.reschedule(event),
    invalidate: async (event) => cache.invalidate(event),
    close: async () => {},
  };
}
