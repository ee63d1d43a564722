import type { Clock, Lifetime } from '@wedsync/domain';
import type { WarmTier } from '../ports/warm-tier.ts';
import { Alias, type Provenance } from './alias.ts';
import type { Request } from './answering.ts';
import type { AnswerKey } from './answer-key.ts';
import { Entry } from './entry.ts';
import type { HotTier } from './hot-tier.ts';
import type { Lifetimes } from './lifetimes.ts';
import { questionText } from './question-text.ts';
import { decodeRecord, type Stored } from './record.ts';
import { BY_WORDING, type Considered, type Resolver } from './semantic/resolver.ts';
import type { Vault } from './vault.ts';

/** What lies under a key in one tier. */
export type Held =
  | { readonly state: 'absent' | 'away' | 'unreadable' | 'in-cold-tier' }
  | { readonly state: 'answer'; readonly lifetime: Lifetime; readonly fresh: boolean }
  | { readonly state: 'alias'; readonly target: AnswerKey; readonly provenance: Provenance };

/** Why a request is, or would be, a hit or a miss. */
export interface Explanation {
  readonly key: AnswerKey;
  readonly frame: string;
  /** The text under which the question is kept, and whether other wordings may meet it; `null` when no user's text ends the conversation. */
  readonly canonicalText: string | null;
  readonly otherWordings: boolean;
  readonly sharing: { readonly shareable: boolean; readonly reason: string | null; readonly key: AnswerKey | null };
  readonly hot: Held;
  readonly warm: Held;
  readonly shared: Held | null;
  /** Least similarity of a candidate for this wedding now. */
  readonly floor: number;
  readonly candidates: readonly Considered[];
  /** What the request would be answered from now. */
  readonly outcome:
    'hit' | 'stale-hit' | 'hit-by-alias' | 'hit-by-sharing' | 'hit-by-wording' | 'judge-decides' | 'miss';
}

/** What explaining looks at. */
export interface ExplainingParts {
  readonly hot: HotTier;
  readonly warm: WarmTier;
  readonly vault: Vault;
  readonly resolver: Resolver | undefined;
  readonly lifetimes: Lifetimes;
  readonly clock: Clock;
}

/** Explains requests without answering them: nothing is stored, asked of an origin or put to a judge. */
export class Explaining {
  readonly #parts: ExplainingParts;

  constructor(parts: ExplainingParts) {
    this.#parts = parts;
  }

  /** @param notShared why the question may not be shared, when it may not. */
  async explain(request: Request, notShared: string | undefined): Promise<Explanation> {
    const { hot, lifetimes } = this.#parts;
    const { place, shared, question } = request;
    const canonical = place.asked === undefined ? undefined : questionText(place.asked);
    const floor = lifetimes.similarityFloor(question.context.weddingDate);
    const found = {
      hot: this.#describe(hot.get(place.key)),
      warm: await this.#warm(place.key),
      shared: shared === undefined ? null : await this.#warm(shared.key),
    };
    const candidates = await this.#candidates(request, floor);
    const now = this.#parts.clock.now();
    const servable = (held: Held) => held.state === 'answer' && held.lifetime.staleUntil > now;
    return {
      key: place.key,
      frame: place.frame.id,
      canonicalText: canonical?.text ?? null,
      otherWordings: place.free,
      sharing: { shareable: shared !== undefined, reason: notShared ?? null, key: shared?.key ?? null },
      ...found,
      floor,
      candidates,
      outcome: outcomeOf(
        [found.hot, found.warm],
        await this.#leads([found.hot, found.warm], request, servable),
        found.shared,
        candidates,
        servable,
      ),
    };
  }

  /** Whether an alias lies there that is trusted, and the answer to which it leads as well. */
  async #leads(own: readonly Held[], { place }: Request, servable: (held: Held) => boolean): Promise<boolean> {
    const { hot, lifetimes } = this.#parts;
    const alias = own.find((held) => held.state === 'alias');
    if (alias === undefined) return false;
    const { target, provenance } = alias;
    if (provenance.by !== BY_WORDING && !lifetimes.trustsEarlierVerdicts(place.frame.weddingDate)) return false;
    if (servable(this.#describe(hot.get(target)))) return true;
    const warm = await this.#warm(target);
    return warm.state === 'in-cold-tier' || servable(warm);
  }

  async #candidates({ place }: Request, floor: number): Promise<readonly Considered[]> {
    const { resolver } = this.#parts;
    if (resolver === undefined || !place.free || place.asked === undefined) return [];
    const details = await resolver.details(place.asked);
    const { key, partition, frame } = place;
    const atOnce = !this.#parts.lifetimes.trustsEarlierVerdicts(frame.weddingDate);
    return resolver.consider({ key, alias: key, partition, frame: frame.id, details, floor, atOnce });
  }

  async #warm(key: AnswerKey): Promise<Held> {
    try {
      const sealed = await this.#parts.warm.get(key);
      if (sealed === undefined) return { state: 'absent' };
      const record = await this.#parts.vault.openRecord(key, sealed);
      const stored = record && decodeRecord(record);
      return stored === undefined ? { state: 'unreadable' } : this.#describe(stored);
    } catch {
      return { state: 'away' };
    }
  }

  #describe(stored: Stored | undefined): Held {
    if (stored === undefined) return { state: 'absent' };
    if (stored instanceof Alias) return { state: 'alias', target: stored.target, provenance: stored.provenance };
    if (!(stored instanceof Entry)) return { state: 'in-cold-tier' };
    const { lifetime } = stored;
    return { state: 'answer', lifetime, fresh: lifetime.freshUntil > this.#parts.clock.now() };
  }
}

function outcomeOf(
  own: readonly Held[],
  byAlias: boolean,
  shared: Held | null,
  candidates: readonly Considered[],
  servable: (held: Held) => boolean,
): Explanation['outcome'] {
  if (own.some((held) => held.state === 'answer' && held.fresh)) return 'hit';
  if (own.some(({ state }) => state === 'in-cold-tier')) return 'hit';
  if (own.some(servable)) return 'stale-hit';
  if (byAlias) return 'hit-by-alias';
  if (shared !== null && (shared.state === 'in-cold-tier' || servable(shared))) return 'hit-by-sharing';
  const outcomes = new Set(candidates.map(({ outcome }) => outcome));
  if (outcomes.has('same-wording') || outcomes.has('judged-same')) return 'hit-by-wording';
  return outcomes.has('undecided') ? 'judge-decides' : 'miss';
}
