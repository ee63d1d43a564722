import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('reaper.sh', import.meta.url));
const RESTART_MS = 200;

/**
 * A small process that outlives this one for a moment: should this process be killed, its end of a pipe closes, and
 * it ends every process group it was told of.
 */
export class Reaper {
  readonly #mark: string;
  readonly #secretsFolder: string;
  readonly #groups = new Set<number>();
  #process: ChildProcess;
  #dismissed = false;

  /** @param mark the environment entry, `NAME=value`, that each process of the run carries */
  constructor(mark: string, secretsFolder: string) {
    this.#mark = mark;
    this.#secretsFolder = secretsFolder;
    this.#process = this.#start();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  add(group: number): void {
    this.#groups.add(group);
    this.#tell(`add ${group}`);
  }

  delete(group: number): void {
    this.#groups.delete(group);
    this.#tell(`del ${group}`);
  }

  /** Ends the reaper without harm to anything; call when every group has ended. */
  async dismiss(): Promise<void> {
    this.#dismissed = true;
    const { pid, exitCode, signalCode } = this.#process;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    this.#process.ref();
    const ended = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    this.#tell('bye 0');
    this.#process.stdin?.end();
    await ended;
  }

  #start(): ChildProcess {
    const reaper = spawn('/bin/sh', [SCRIPT, this.#mark, this.#secretsFolder], {
      detached: true, // Ctrl-C in the terminal must not reach it
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    reaper.stdin?.on('error', () => undefined);
    reaper.once('exit', () => {
      if (!this.#dismissed) setTimeout(() => this.#restart(), RESTART_MS).unref();
    });
    reaper.once('error', () => undefined); // there is no shell; what is left is the kernel's signal and the next sweep
    reaper.unref();
    return reaper;
  }

  /** Somebody killed it: a run without a reaper could leave processes behind. */
  #restart(): void {
    if (this.#dismissed) return;
    this.#process = this.#start();
    for (const group of this.#groups) this.#tell(`add ${group}`);
  }

  #tell(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }
}
