import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ROOT } from '../root.ts';

/** An engine that may be fuzzed, and what opens it. */
export interface FuzzTarget {
  readonly url: string;
  readonly vendorId: string;
  readonly vendorKey: string;
  readonly adminToken: string;
}

/** An engine in a process of its own, so that a crash is seen as what it is. */
export class FuzzedEngine {
  readonly target: FuzzTarget;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;

  private constructor(target: FuzzTarget, child: ChildProcessByStdio<Writable, Readable, null>) {
    this.target = target;
    this.#child = child;
  }

  /** Starts an engine and resolves when it serves. What it logs goes to this process' standard error. */
  static async start(): Promise<FuzzedEngine> {
    const serve = join(ROOT, 'scripts', 'lib', 'fuzz', 'serve.ts');
    const child = spawn(process.execPath, [serve], { stdio: ['pipe', 'pipe', 'inherit'] });
    const line = once(createInterface(child.stdout), 'line').then(([text]) => String(text));
    const ended = once(child, 'exit').then(() => {
      throw Object.assign(new Error('The engine ended before it served.'), { name: 'UserError' });
    });
    const target = JSON.parse(await Promise.race([line, ended])) as FuzzTarget;
    ended.catch(() => {});
    return new FuzzedEngine(target, child);
  }

  /** Whether the engine's process still runs. */
  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends the engine. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.#child.stdin.end();
    await once(this.#child, 'exit');
  }
}
