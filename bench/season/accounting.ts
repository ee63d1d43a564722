import { MATCHES, type MatchKind, type Served, type Source, SOURCES } from './cache-under-test.ts';
import type { Scope } from './catalogue/catalogue.ts';
import type { Ask } from './trace.ts';

/** Requests and how many of them were hits. */
export interface Hits {
  readonly requests: number;
  readonly hits: number;
}

/** Counts how a season's requests were answered. */
export class Account {
  readonly #sources = new Map<Source, number>(SOURCES.map((source) => [source, 0]));
  readonly #matches = new Map<MatchKind, number>(MATCHES.map((match) => [match, 0]));
  readonly #scopes = new Map<Scope, { requests: number; hits: number }>();
  #requests = 0;
  #stale = 0;
  #wrong = 0;

  /** Counts one request's answer. */
  add({ intent }: Ask, { source, match, stale, intent: served }: Served): void {
    this.#requests++;
    this.#sources.set(source, this.from(source) + 1);
    const hit = source !== 'miss';
    if (hit) this.#matches.set(match, this.by(match) + 1);
    if (stale) this.#stale++;
    if (served !== intent.id) this.#wrong++;
    const { requests, hits } = this.ofScope(intent.scope);
    this.#scopes.set(intent.scope, { requests: requests + 1, hits: hits + (hit ? 1 : 0) });
  }

  get requests(): number {
    return this.#requests;
  }

  /** Requests that were answered from this source. */
  from(source: Source): number {
    return this.#sources.get(source) ?? 0;
  }

  /** Hits by this kind of match. */
  by(match: MatchKind): number {
    return this.#matches.get(match) ?? 0;
  }

  /** What became of the questions of a scope. */
  ofScope(scope: Scope): Hits {
    return this.#scopes.get(scope) ?? { requests: 0, hits: 0 };
  }

  /** Answers that were past their time to live. */
  get stale(): number {
    return this.#stale;
  }

  /** Answers to another question than the one that was asked. */
  get wrong(): number {
    return this.#wrong;
  }

  /** The share of requests that needed no call of their own to the origin, 0 to 1. */
  get hitRate(): number {
    return this.#requests === 0 ? 0 : (this.#requests - this.from('miss')) / this.#requests;
  }
}
