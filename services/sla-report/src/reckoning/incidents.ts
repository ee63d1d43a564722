/** Times in which an objective's budget burned fast. */
import { SLOW_PAGE_BURN } from '@wedsync/domain';
import { type Exclusion, exclusionOf } from './exclusions.ts';
import { type Window, WINDOW_MINUTES } from './windows.ts';

/** With fewer failed requests than this, a few unlucky ones of a quiet night would be an incident. */
export const LEAST_BAD = 5;
/** Burning windows with no more than this between them are one incident: what flaps is one fault. */
export const MERGED_MINUTES = 10;

/** Epoch milliseconds, `until` excluded. */
export interface Incident {
  readonly from: number;
  readonly until: number;
  /** The worst five minutes' share of failed requests. */
  readonly worstRatio: number;
  readonly requests: number;
  readonly bad: number;
  /** Minutes between its first and last window of which nothing is known. */
  readonly unknownMinutes: number;
  /** Exclusions that cover windows of it, in the order in which they are met. */
  readonly exclusions: readonly Exclusion[];
}

/** The incidents of an objective with this target, in order. */
export function incidentsOf(
  windows: readonly Window[],
  target: number,
  exclusions: readonly Exclusion[] = [],
): Incident[] {
  // A window belongs to an incident from the slowest burn on that wakes somebody.
  const threshold = SLOW_PAGE_BURN * (1 - target);
  const runs: Window[][] = [];
  let run: Window[] = [];
  let since: Window[] = [];
  for (const window of windows) {
    if (burns(window, threshold)) {
      run.push(...since, window);
      since = [];
      continue;
    }
    if (run.length === 0) continue;
    since.push(window);
    if (window.state === 'not-promised' || since.length * WINDOW_MINUTES > MERGED_MINUTES) {
      runs.push(run);
      run = [];
      since = [];
    }
  }
  if (run.length > 0) runs.push(run);
  return runs.map((found) => incident(found, exclusions)).filter(({ bad }) => bad >= LEAST_BAD);
}

function burns(window: Window, threshold: number): boolean {
  return window.state === 'measured' && window.requests > 0 && window.bad / window.requests > threshold;
}

function incident(run: readonly Window[], exclusions: readonly Exclusion[]): Incident {
  const measured = run.filter((window) => window.state === 'measured');
  const sum = (of: (window: (typeof measured)[number]) => number) => measured.reduce((all, one) => all + of(one), 0);
  const from = run[0]?.begins ?? 0;
  return {
    from,
    until: from + run.length * WINDOW_MINUTES * 60_000,
    worstRatio: Math.max(...measured.map(({ bad, requests }) => (requests > 0 ? bad / requests : 0))),
    requests: sum(({ requests }) => requests),
    bad: sum(({ bad }) => bad),
    unknownMinutes: (run.length - measured.length) * WINDOW_MINUTES,
    exclusions: [
      ...new Set(run.map((window) => exclusionOf(window, exclusions)).filter((found) => found !== undefined)),
    ],
  };
}
