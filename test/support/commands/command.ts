import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A command of the repository that runs as a process of its own. */
export class Command {
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  #output = '';
  #error = '';
  readonly #watchers = new Set<() => void>();

  /** Runs a script under the Node of this process. */
  constructor(script: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.process = spawn(process.execPath, [script, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stdout?.on('data', (part: Buffer) => this.#take(() => (this.#output += part.toString())));
    this.process.stderr?.on('data', (part: Buffer) => this.#take(() => (this.#error += part.toString())));
    this.exited = new Promise((resolve) => this.process.once('close', (code) => this.#take(() => resolve(code))));
  }

  get output(): string {
    return this.#output;
  }

  get error(): string {
    return this.#error;
  }

  /** Resolves with the match as soon as the output has it; rejects when the command ends without it. */
  said(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(this.#output);
        if (match) resolve(match);
        else if (this.process.exitCode === null && this.process.signalCode === null) return;
        else reject(new Error(`The command ended without saying ${String(pattern)}:\n${this.#output}${this.#error}`));
        this.#watchers.delete(look);
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** Sends a signal and waits for the end. Gives back the exit code, null when a signal ended the process. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.process.kill(signal);
    return this.exited;
  }

  #take(change: () => void): void {
    change();
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/**
 * The processes of this machine whose command line, environment or working directory names `text`: Redis writes its title over
 * the first two, and works in the folder of its data.
 */
export function processesNaming(text: string): number[] {
  const names = (read: () => string) => {
    try {
      return read().includes(text);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(
      (pid) =>
        names(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1')) ||
        names(() => readFileSync(`/proc/${pid}/environ`, 'latin1')) ||
        names(() => readlinkSync(`/proc/${pid}/cwd`)),
    )
    .map(Number);
}
