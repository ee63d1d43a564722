import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where what is measured runs, and where everything else does, so that neither takes the other's time. */
export const CORES = { measured: 1, others: 0 } as const;
export type Role = keyof typeof CORES;

/**
 * The command line that runs `command` on its core: as it is where there is but one core, or no taskset. The children of a
 * process stay on its core.
 */
export async function pinned(role: Role, command: readonly string[]): Promise<readonly string[]> {
  return (await canPin()) ? ['taskset', '-c', String(CORES[role]), ...command] : command;
}

/** Moves this process with all its threads, and whatever it starts from now on, off the measured core. */
export async function leaveMeasuredCore(): Promise<void> {
  if (await canPin()) await run('taskset', ['-a', '-p', '-c', String(CORES.others), String(process.pid)]);
}

let possible: Promise<boolean> | undefined;

/** Whether processes can be kept on a core of their own here. */
export function canPin(): Promise<boolean> {
  // Looked at before this process is itself kept on one core.
  const cores = availableParallelism();
  possible ??= run('taskset', ['--version']).then(
    () => cores > 1,
    () => false,
  );
  return possible;
}
