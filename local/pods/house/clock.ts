/** The time of day, for what goes by the calendar: schedules and certificates. Probes and back-offs use real timers. */
export interface Clock {
  now(): Date;
  /** Resolves after that many milliseconds of this clock, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => pause(ms, signal),
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits in real time; resolves early, without an error, when the signal aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && signal?.aborted !== true; left -= LONGEST_TIMER_MS) {
    await new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.min(left, LONGEST_TIMER_MS));
      signal?.addEventListener('abort', finish);
    });
  }
}
