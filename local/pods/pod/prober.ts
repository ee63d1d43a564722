import { pause } from '../house/clock.ts';
import type { Probe } from '../kubernetes/pod-spec.ts';
import type { Outcome } from './action.ts';

const FAST_MS = 100;
const FAST_SLOWEST_MS = 1_000;
/** While waiting for a first success, at most this share of the time goes into asking. */
const FAST_PAUSE_RATIO = 4;

interface Watch {
  /** Asks once. */
  readonly check: () => Promise<Outcome>;
  /** The success threshold was reached. @returns whether to stop asking */
  readonly onSuccess: () => boolean;
  /** The failure threshold was reached. @returns whether to stop asking */
  readonly onFailure: (message: string) => boolean;
  /** One failed answer, whether or not it counts. */
  readonly onMiss?: (message: string) => void;
}

/**
 * Asks a probe again and again until told to stop. Until the first success it asks in quick succession, so that a
 * start-up takes no longer than it must; a failure then counts once a period, as if it had been asked that seldom.
 * @param eager whether to ask in quick succession at first, and without the initial delay
 */
export async function watchProbe(probe: Probe, eager: boolean, watch: Watch, signal: AbortSignal): Promise<void> {
  const periodMs = (probe.periodSeconds ?? 10) * 1000;
  const delayMs = (probe.initialDelaySeconds ?? 0) * 1000;
  let nextCounted = performance.now() + (eager ? delayMs + periodMs : 0);
  let successes = 0;
  let failures = 0;
  let fast = eager;
  if (!eager) await pause(delayMs + periodMs, signal); // a dozen programs that start at once are slow to listen
  while (!signal.aborted) {
    const asked = performance.now();
    const { ok, message } = await watch.check();
    if (signal.aborted) return;
    const now = performance.now();
    if (ok) {
      failures = 0;
      fast = false;
      if (++successes >= (probe.successThreshold ?? 1) && watch.onSuccess()) return;
    } else {
      successes = 0;
      watch.onMiss?.(message);
      if (!fast || now >= nextCounted) {
        nextCounted = now + periodMs;
        if (++failures >= (probe.failureThreshold ?? 3) && watch.onFailure(message)) return;
      }
    }
    await pause(fast ? fastPause(now - asked, periodMs) : periodMs, signal);
  }
}

/** A costly probe is asked less often: a dozen Pods that start at once share few cores. */
function fastPause(tookMs: number, periodMs: number): number {
  return Math.min(Math.max(FAST_MS, tookMs * FAST_PAUSE_RATIO), FAST_SLOWEST_MS, periodMs);
}
