import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { pinned, type Role } from './cores.ts';

/** A process to start. */
export interface ChildOptions {
  /** What it is called in messages. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly role: Role;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Resolves to true when it serves. Asked again and again until then. */
  readonly ready: () => Promise<boolean>;
  /** Milliseconds in which it must serve. */
  readonly within: number;
  /** Told when it ends without being asked to, with what it said last. */
  readonly onEnd: (message: string) => void;
}

/** How much of what a process said is kept for the message that it failed, in characters. */
const KEPT = 4000;
const ASK_EVERY = 50;
/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE = 30_000;

/** Those that run now, so that none is left behind when this process ends before it could stop them. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A process that was started for a bench and ends with it. */
export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  #said = '';
  #stopping = false;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#process = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => (this.#said = (this.#said + text.toString()).slice(-KEPT)));
    running.add(child);
    child.once('exit', () => running.delete(child));
  }

  /** Starts a process and resolves when it serves. Rejects, with the end of what it said, when it does not. */
  static async start({ name, command, role, env, signal, ready, within, onEnd }: ChildOptions): Promise<Child> {
    const [program, ...args] = await pinned(role, command);
    signal.throwIfAborted();
    const spawned = spawn(program as string, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches the bench alone, which then ends what it has started in order.
      detached: true,
    });
    await once(spawned, 'spawn');
    const child = new Child(name, spawned);
    const end = Date.now() + within;
    try {
      while (!(await ready().catch(() => false))) {
        signal.throwIfAborted();
        if (!child.running) throw child.#failure('ended before it served');
        if (Date.now() > end) throw child.#failure(`did not serve within ${within / 1000} s`);
        await delay(ASK_EVERY);
      }
      spawned.once('exit', () => {
        if (!child.#stopping) onEnd(child.#failure('ended while it was needed').message);
      });
      return child;
    } catch (error) {
      await child.stop();
      throw error;
    }
  }

  /** taskset becomes the program that it starts, so this is the server's own process. */
  get pid(): number {
    return this.#process.pid as number;
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Ends it: at its own pace, or by force after a while. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (!this.running) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), GRACE);
    await ended;
    clearTimeout(timer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #failure(what: string): Error {
    const said = this.#said.trim();
    return new Error(`${this.name} ${what}${said === '' ? ' and said nothing.' : `. It said last:\n${said}`}`);
  }
}
