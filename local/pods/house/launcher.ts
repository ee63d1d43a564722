import { spawn } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Logs } from './logs.ts';
import type { Reaper } from './reaper.ts';

export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How a process ended: its exit code, or 128 and the signal's number as a shell would say it. */
export interface Exit {
  readonly code: number;
  readonly text: string;
}

export interface RunningProcess {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  /** Signals the main process only, as the kubelet does. */
  signal(signal: NodeJS.Signals): void;
  /** Kills the whole process group. */
  kill(): void;
}

const OUTPUT_CHARACTERS = 1_000;

/** Starts processes so that none outlives the run: each leads a group of its own that the reaper knows. */
export class Launcher {
  readonly #reaper: Reaper;
  readonly #logs: Logs;
  readonly #marks: Readonly<Record<string, string>>;
  readonly #parentDeathSignal: boolean;

  /**
   * @param marks variables that every process carries, by which it is found again
   * @param parentDeathSignal whether `setpriv` is there to have the kernel send SIGTERM when this process dies
   */
  constructor(reaper: Reaper, logs: Logs, marks: Readonly<Record<string, string>>, parentDeathSignal: boolean) {
    this.#reaper = reaper;
    this.#logs = logs;
    this.#marks = marks;
    this.#parentDeathSignal = parentDeathSignal;
  }

  /** Starts a container's main process; its output is appended to the log file. */
  start(command: Command, logFile: string): RunningProcess {
    const log = this.#logs.open(logFile);
    const argv = this.#parentDeathSignal ? ['setpriv', '--pdeathsig', 'TERM', '--', ...command.argv] : command.argv;
    try {
      const child = spawn(argv[0] ?? '', argv.slice(1), {
        ...this.#marked(command),
        detached: true,
        stdio: ['ignore', log, log],
      });
      const { pid } = child;
      let alive = true;
      if (pid !== undefined) this.#reaper.add(pid);
      const exited = new Promise<Exit>((resolve) => {
        child.once('exit', (code, signal) => resolve(describeExit(code, signal)));
        child.once('error', (error) => resolve(notStarted(error, command)));
      }).finally(() => {
        alive = false; // from now on the pid may be another program's
        this.#endGroup(pid); // as a container ends with its first process
      });
      return {
        pid,
        exited,
        signal: (signal) => (alive ? send(pid, signal) : undefined),
        kill: () => (alive ? killGroup(pid) : undefined),
      };
    } finally {
      closeSync(log);
    }
  }

  /**
   * Runs a probe's or hook's command to its end, or kills it after `timeoutMs`.
   * @returns the exit and the last of what the command wrote
   */
  run(command: Command, timeoutMs: number): Promise<Exit & { readonly output: string }> {
    const child = spawn(command.argv[0] ?? '', command.argv.slice(1), {
      ...this.#marked(command),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid !== undefined) this.#reaper.add(pid);
    let output = '';
    const collect = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    return new Promise((resolve) => {
      let exit: Exit = { code: 1, text: 'ended' };
      const timer = setTimeout(() => killGroup(pid), timeoutMs);
      child.once('error', (error) => {
        clearTimeout(timer);
        resolve({ ...notStarted(error, command), output: '' });
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        exit = describeExit(code, signal);
        this.#endGroup(pid); // a grandchild would hold the pipes open
      });
      child.once('close', () => resolve({ ...exit, output: output.trim() }));
    });
  }

  #marked({ cwd, env }: Command): { cwd: string; env: Record<string, string> } {
    return { cwd, env: { ...env, ...this.#marks } };
  }

  #endGroup(pid: number | undefined): void {
    if (pid === undefined) return;
    killGroup(pid);
    this.#reaper.delete(pid);
  }
}

/** What a shell would answer for a command it cannot start. */
function notStarted(error: Error, { cwd }: Command): Exit {
  const reason = existsSync(cwd) ? error.message : `its working directory ${cwd} does not exist`;
  return { code: 127, text: `could not be started: ${reason}` };
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): Exit {
  if (signal === null) return { code: code ?? 1, text: `exit code ${code ?? 1}` };
  return { code: 128 + constants.signals[signal], text: `ended by ${signal}` };
}

function send(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    return; // ended meanwhile
  }
}

function killGroup(pid: number | undefined): void {
  if (pid !== undefined) send(-pid, 'SIGKILL');
}
