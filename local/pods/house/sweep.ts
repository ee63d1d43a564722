import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The name of the environment variable that every process of a run carries; its value is the data folder. */
export const RUN_MARK = 'WEDSYNC_RUN';

/** Names the one run a process belongs to, so that what cleans up after one run never meets the next one's processes. */
export const RUN_ID = 'WEDSYNC_RUN_ID';

/**
 * The processes that belong to a data folder's run, found without any record of them. Some programs (redis-server
 * sets its title) overwrite the environment they were started with, so the log file that their output goes to tells
 * as well.
 */
export function processesOfRun(dataDir: string): number[] {
  const mark = `${RUN_MARK}=${dataDir}`;
  const logs = join(dataDir, 'logs') + sep;
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => carriesMark(pid, mark) || writesTo(pid, logs))
    .map(Number);
}

function carriesMark(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(Buffer.from(mark).toString('latin1'));
  } catch {
    return false; // gone meanwhile, or another user's
  }
}

function writesTo(pid: string, folder: string): boolean {
  return [1, 2].some((descriptor) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${descriptor}`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

/** Kills what an earlier run of the folder left, and waits until it is gone. @returns the process ids it killed */
export async function sweep(dataDir: string): Promise<number[]> {
  const killed = new Set<number>();
  for (let left = processesOfRun(dataDir); left.length > 0; left = processesOfRun(dataDir)) {
    for (const pid of left) {
      killed.add(pid);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        continue; // ended by itself
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return [...killed];
}
