import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc/PID/stat: USER_HZ, 100 on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;

/** Adds up the CPU time of processes that come and go, as long as it is asked often enough to see them all. */
export class CpuMeter {
  readonly #seconds = new Map<number, { first: number; last: number }>();

  /** Looks at the processes that run now. */
  sample(pids: readonly number[]): void {
    for (const pid of pids) {
      const seconds = cpuSeconds(pid);
      if (seconds === undefined) continue;
      const known = this.#seconds.get(pid);
      this.#seconds.set(pid, { first: known?.first ?? seconds, last: seconds });
    }
  }

  /** CPU seconds (user and system) that passed in all processes between their first and last sample. */
  get total(): number {
    return [...this.#seconds.values()].reduce((sum, { first, last }) => sum + last - first, 0);
  }
}

function cpuSeconds(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // Fields 14 and 15 of proc(5), utime and stime; the first two were cut off.
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
