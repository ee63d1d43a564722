import { quantileSorted } from 'simple-statistics';
import type { Outcome } from './load.ts';

/** Milliseconds from the request to the last byte, as the client saw them. */
export interface TierFigures {
  readonly tier: string;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What the outcomes of a load say. */
export interface Verdict {
  readonly requests: number;
  readonly hits: number;
  readonly tiers: readonly TierFigures[];
  /** Why the check is not passed; empty when it is. */
  readonly reasons: readonly string[];
}

const HITS = ['hot', 'warm'];

/** Passed only if every request was answered, every repeated question was a hit, and each question kept its answer. */
export function judge(outcomes: readonly Outcome[], expected: number): Verdict {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const missed = outcomes.filter(
    ({ repeated, source, error }) => repeated && error === undefined && !HITS.includes(source ?? ''),
  );
  const changed = outcomes.filter(({ sameAnswer, error }) => error === undefined && !sameAnswer);
  const reasons = [
    outcomes.length < expected && `${expected - outcomes.length} of ${expected} requests were not sent`,
    failed.length > 0 && `${failed.length} requests failed, the first with ${failed[0]?.error}`,
    missed.length > 0 && `${missed.length} repeated questions were no hit (${whichOnes(missed)})`,
    changed.length > 0 && `${changed.length} questions got another answer than before (${whichOnes(changed)})`,
  ].filter((reason) => reason !== false);
  return {
    requests: outcomes.length,
    hits: outcomes.filter(({ source }) => HITS.includes(source ?? '')).length,
    tiers: [...HITS, 'miss'].map((tier) => figures(tier, outcomes)),
    reasons,
  };
}

/** A few of the outcomes, by number. */
function whichOnes(outcomes: readonly Outcome[]): string {
  const shown = outcomes.slice(0, 5).map(({ index, question }) => `request ${index}, question ${question}`);
  return [...shown, ...(outcomes.length > shown.length ? ['…'] : [])].join('; ');
}

function figures(tier: string, outcomes: readonly Outcome[]): TierFigures {
  const times = outcomes.filter(({ source }) => source === tier).map(({ milliseconds }) => milliseconds);
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => (sorted.length === 0 ? NaN : quantileSorted(sorted, share));
  return { tier, count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
