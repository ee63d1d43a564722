import type { Clock } from '@wedsync/domain';
import { Alias } from './alias.ts';
import { isServable, type Answered, type Source } from './answered.ts';
import type { Controls } from './controls.ts';
import { Entry } from './entry.ts';
import type { HotTier } from './hot-tier.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Place } from './place.ts';
import { frameOfTarget, type Request } from './request.ts';
import { BY_WORDING } from './semantic/resolver.ts';
import type { Sampler } from './semantic/sampling.ts';
import type { Shelf } from './shelf.ts';

/** What finding is made of. */
export interface FinderParts {
  readonly hot: HotTier;
  readonly shelf: Shelf;
  readonly lifetimes: Lifetimes;
  readonly sampler: Sampler | undefined;
  readonly clock: Clock;
}

/**
 * Finds answers by their keys: under the question's own, where an alias there leads, and under the one that vendors share, in this
 * order. One that may be served goes before any that has had its time.
 */
export class Finder {
  readonly #parts: FinderParts;

  constructor(parts: FinderParts) {
    this.#parts = parts;
  }

  /** The answer in the hot tier that may be served at `now`, with the alias or the shared place that led to it. */
  held(place: Place, shared: Place | undefined, controls: Controls, now: number): Answered | undefined {
    const { hot } = this.#parts;
    const own = hot.get(place.key);
    if (own instanceof Entry && isServable(own, now)) return { entry: own, source: 'hot', match: 'exact' };
    if (own instanceof Alias && this.#trusts(own, place, controls)) {
      const target = hot.get(own.target);
      if (target instanceof Entry && isServable(target, now)) return this.#byAlias(place, shared, own, target, 'hot');
    }
    const common = shared === undefined ? undefined : hot.get(shared.key);
    if (common instanceof Entry && isServable(common, now)) return { entry: common, source: 'hot', match: 'shared' };
    return undefined;
  }

  /** The answer in any tier; where none may be served, one that has had its time, for want of a better one. */
  find(request: Request): Answered | Promise<Answered | undefined> {
    const { place, shared, controls } = request;
    return this.held(place, shared, controls, this.#parts.clock.now()) ?? this.#below(request);
  }

  /** The answer in the tiers below the hot one. */
  async #below({ place, shared, controls }: Request): Promise<Answered | undefined> {
    const { clock } = this.#parts;
    const own = await this.#own(place, shared, controls);
    if (own !== undefined && isServable(own.entry, clock.now())) return own;
    const common = shared === undefined ? undefined : await this.#common(shared);
    if (common !== undefined && isServable(common.entry, clock.now())) return common;
    return own ?? common ?? this.held(place, shared, controls, -Infinity);
  }

  async #own(place: Place, shared: Place | undefined, controls: Controls): Promise<Answered | undefined> {
    const { hot, shelf } = this.#parts;
    const found = await shelf.read(place.key, place.frame.id);
    if (found?.value instanceof Entry) return { entry: found.value, source: found.tier, match: 'exact' };
    if (!(found?.value instanceof Alias) || !this.#trusts(found.value, place, controls)) return undefined;
    const { target } = found.value;
    const held = hot.get(target);
    const led =
      held instanceof Entry
        ? { value: held, tier: found.tier }
        : await shelf.read(target, frameOfTarget(target, place, shared));
    if (!(led?.value instanceof Entry)) return undefined;
    return this.#byAlias(place, shared, found.value, led.value, led.tier);
  }

  async #common({ key, frame }: Place): Promise<Answered | undefined> {
    const found = await this.#parts.shelf.read(key, frame.id);
    return found?.value instanceof Entry ? { entry: found.value, source: found.tier, match: 'shared' } : undefined;
  }

  /** Whether an alias is served: not when none is wanted, and so near to the wedding not on a judge's earlier word. */
  #trusts({ provenance: { by } }: Alias, { frame }: Place, { noSemantic }: Controls): boolean {
    if (noSemantic) return false;
    return by === BY_WORDING || this.#parts.lifetimes.trustsEarlierVerdicts(frame.weddingDate);
  }

  #byAlias(place: Place, shared: Place | undefined, { target }: Alias, entry: Entry, source: Source): Answered {
    const { asked, key, frame } = place;
    const targetFrame = frameOfTarget(target, place, shared);
    if (asked !== undefined) this.#parts.sampler?.hit({ alias: key, target, frame: frame.id, targetFrame, asked });
    return { entry, source, match: 'alias', target };
  }
}
