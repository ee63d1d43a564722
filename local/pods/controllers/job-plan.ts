export interface JobProgress {
  readonly active: number;
  readonly succeeded: number;
  readonly failed: number;
}

export interface JobTarget {
  readonly completions: number;
  readonly parallelism: number;
  readonly backoffLimit: number;
}

export type JobStep = 'complete' | 'failed' | { readonly start: number };

const LONGEST_WAIT_MS = 30_000;

/** What a Job does next: start so many Pods, or end. It has failed when more Pods failed than its back-off limit. */
export function planJob(progress: JobProgress, target: JobTarget): JobStep {
  if (progress.succeeded >= target.completions) return 'complete';
  if (progress.failed > target.backoffLimit) return 'failed';
  const missing = target.completions - progress.succeeded;
  return { start: Math.max(0, Math.min(target.parallelism, missing) - progress.active) };
}

/** How long after its last failure a Job starts its next Pod: 1 s, 2 s, … 30 s. */
export function jobBackOffMs(failed: number): number {
  return failed === 0 ? 0 : Math.min(1000 * 2 ** (failed - 1), LONGEST_WAIT_MS);
}
