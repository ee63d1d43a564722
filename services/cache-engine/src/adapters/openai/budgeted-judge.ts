import type { Clock } from '@wedsync/domain';
import { JudgeOverBudget, type Judge, type Pair, type Verdict } from '../../ports/judge.ts';
import { OriginError, type OriginFailure } from '../../ports/origin.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What a judgement is taken to cost whose cost is not known, US dollars: some 700 tokens of a small model, generously. */
const ASSUMED_COST = 0.001;

/** Failures after which a provider bills nothing. After any other one the judgement may have been made and be billed. */
const NOT_BILLED: ReadonlySet<OriginFailure> = new Set([
  'refused',
  'limited',
  'unavailable',
  'breaker-open',
  'overloaded',
]);

/** How much may be judged. */
export interface JudgeBudget {
  readonly callsPerMinute: number;
  /** US dollars in a day of UTC, by which providers bill. */
  readonly dollarsPerDay: number;
}

/**
 * A judge that is asked only as often, and for only as much money, as it may be. Money is set aside before a call, as much as the
 * dearest call of the day has cost, so that calls at the same time cannot spend together what each could have spent alone.
 */
export class BudgetedJudge implements Judge {
  readonly #judge: Judge;
  readonly #budget: JudgeBudget;
  readonly #clock: Clock;
  /** When the calls of the last minute were made, oldest first. */
  readonly #calls: number[] = [];
  #day = 0;
  #spent = 0;
  #dearest = 0;
  /** Money set aside for calls under way. */
  #aside = 0;

  constructor(judge: Judge, budget: JudgeBudget, clock: Clock) {
    this.#judge = judge;
    this.#budget = budget;
    this.#clock = clock;
  }

  get name(): string {
    return this.#judge.name;
  }

  /** US dollars spent today. */
  get spentToday(): number {
    this.#turnDay(this.#clock.now());
    return this.#spent;
  }

  async judge(pair: Pair, signal: AbortSignal): Promise<Verdict> {
    const estimate = this.#admit();
    this.#aside += estimate;
    try {
      const verdict = await this.#judge.judge(pair, signal);
      this.#spend(verdict.cost ?? ASSUMED_COST);
      return verdict;
    } catch (error) {
      if (!(error instanceof OriginError) || !NOT_BILLED.has(error.failure)) this.#spend(estimate);
      throw error;
    } finally {
      this.#aside -= estimate;
    }
  }

  /** What a call is to be taken to cost. @throws JudgeOverBudget when there is no call, or no money, left */
  #admit(): number {
    const { callsPerMinute, dollarsPerDay } = this.#budget;
    const now = this.#clock.now();
    while ((this.#calls[0] ?? now) <= now - MINUTE) this.#calls.shift();
    if (this.#calls.length >= callsPerMinute)
      throw new JudgeOverBudget(
        'calls',
        `The judge was asked ${callsPerMinute} times within a minute, as often as it may be.`,
      );
    this.#turnDay(now);
    const estimate = this.#dearest || ASSUMED_COST;
    if (this.#spent + this.#aside + estimate > dollarsPerDay)
      throw new JudgeOverBudget('dollars', `The judge has cost $${this.#spent.toFixed(2)} of $${dollarsPerDay} today.`);
    this.#calls.push(now);
    return estimate;
  }

  #spend(cost: number): void {
    this.#turnDay(this.#clock.now());
    this.#spent += cost;
    this.#dearest = Math.max(this.#dearest, cost);
  }

  #turnDay(now: number): void {
    const today = Math.floor(now / DAY);
    if (today === this.#day) return;
    this.#day = today;
    this.#spent = 0;
    this.#dearest = 0;
  }
}
