import type { Judge, Pair } from '../../ports/judge.ts';
import type { AnswerKey } from '../answer-key.ts';
import { estimate, type Estimate } from './estimate.ts';

/** Samples that are judged at once at most; more would make a crowd of hits a crowd of calls. */
const AT_ONCE = 4;

/** What sampling needs. */
export interface SamplerParts {
  readonly judge: Judge | undefined;
  /** Share of the hits by alias that are judged again, 0 to 1. */
  readonly rate: () => number;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
  /** Takes an alias back everywhere; `pair` is what it took for the same. */
  readonly revoke: (alias: AnswerKey, frame: string, pair: Pair) => Promise<void>;
  /** The text of a stored question; `undefined` when it is gone. */
  readonly textOf: (target: AnswerKey, frame: string) => Promise<string | undefined>;
}

/** A hit by alias. */
export interface AliasHit {
  readonly alias: AnswerKey;
  readonly target: AnswerKey;
  readonly frame: string;
  /** The alias' own frame, or the one that vendors share. */
  readonly targetFrame: string;
  readonly asked: string;
}

/**
 * Judges a sample of the live hits by alias again, so that the rate of wrong ones is measured rather than believed, and takes back
 * each alias that fails.
 */
export class Sampler {
  readonly #parts: SamplerParts;
  #judging = 0;
  #wrong = 0;
  #judged = 0;

  constructor(parts: SamplerParts) {
    this.#parts = parts;
  }

  /** The rate of wrong hits among those that were judged again. */
  get falseHits(): Estimate {
    return estimate(this.#wrong, this.#judged);
  }

  /** Notes a hit; draws whether it is judged again. */
  hit(hit: AliasHit): void {
    const { judge, rate, random } = this.#parts;
    if (judge === undefined || this.#judging >= AT_ONCE || random() >= rate()) return;
    this.#judging++;
    void this.#judgeAgain(hit, judge).finally(() => this.#judging--);
  }

  async #judgeAgain({ alias, target, frame, targetFrame, asked }: AliasHit, judge: Judge): Promise<void> {
    try {
      const stored = await this.#parts.textOf(target, targetFrame);
      if (stored === undefined) return;
      const { verdict } = await judge.judge({ stored, asked }, new AbortController().signal);
      if (verdict === 'unsure') return;
      this.#judged++;
      if (verdict === 'same') return;
      this.#wrong++;
      await this.#parts.revoke(alias, frame, { stored, asked });
    } catch {
      // A judge or a store that is away: this hit is not in the sample.
    }
  }
}
