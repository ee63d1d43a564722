import type { Judge, Pair, Verdict } from '../../ports/judge.ts';

/** What the oracle knows, and how often it errs all the same. */
export interface OracleOptions {
  readonly same: (pair: Pair) => boolean;
  /** Share of its verdicts that are wrong, 0 to 1. */
  readonly errorRate: number;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
}

/** A judge that knows the truth and errs at a set rate, for tests and benches: what a judge of that quality would do. */
export class OracleJudge implements Judge {
  readonly name = 'oracle/1';
  calls = 0;
  readonly #options: OracleOptions;

  constructor(options: OracleOptions) {
    this.#options = options;
  }

  async judge(pair: Pair): Promise<Verdict> {
    this.calls++;
    const { same, errorRate, random } = this.#options;
    const truth = same(pair);
    const said = random() < errorRate ? !truth : truth;
    return { verdict: said ? 'same' : 'different' };
  }
}
