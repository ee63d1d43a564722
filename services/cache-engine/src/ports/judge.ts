/** Two questions of one frame, and whether one answer would serve both. */
export interface Pair {
  readonly stored: string;
  readonly asked: string;
}

/** What a judge says. `unsure` is never a hit. */
export interface Verdict {
  readonly verdict: 'same' | 'different' | 'unsure';
  /** What the judgement cost, US dollars, where that is known. */
  readonly cost?: number | undefined;
}

/** Whoever decides whether two questions ask the same. */
export interface Judge {
  /** Model and version of the prompt, such as `gpt-small/1`: the provenance of what it confirms. */
  readonly name: string;
  /**
   * Rejects when nothing was judged: with a JudgeOverBudget, an OriginError, or the signal's reason. An answer that is no verdict
   * is `unsure`.
   */
  judge(pair: Pair, signal: AbortSignal): Promise<Verdict>;
}

/** The judge was not asked: as much is asked, or spent, as may be. */
export class JudgeOverBudget extends Error {
  readonly limit: 'calls' | 'dollars';

  constructor(limit: 'calls' | 'dollars', message: string) {
    super(message);
    this.name = 'JudgeOverBudget';
    this.limit = limit;
  }
}
