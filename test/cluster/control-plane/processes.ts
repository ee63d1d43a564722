import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { House } from '../../../local/pods/house/house.ts';
import type { Exit, RunningProcess } from '../../../local/pods/house/launcher.ts';

/** How long a process may take to end when asked to, before it is killed. */
const GRACE_MS = 5_000;
const LOG_LINES = 15;

interface Kept {
  readonly name: string;
  readonly log: string;
  readonly running: RunningProcess;
  exit: Exit | undefined;
}

/** The processes of one control plane, each with a log file. They end with this process, however it ends. */
export class Processes {
  readonly #house: House;
  readonly #kept: Kept[] = [];

  private constructor(house: House) {
    this.#house = house;
  }

  /** @param folder where everything of the control plane lies. */
  static async enter(folder: string): Promise<Processes> {
    return new Processes(await House.enter(folder, () => undefined));
  }

  start(name: string, argv: readonly string[]): void {
    const log = this.#house.logs.file('control-plane', name, 'main');
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.#house.data.root };
    const running = this.#house.launcher.start({ argv, cwd: this.#house.data.root, env }, log);
    const kept: Kept = { name, log, running, exit: undefined };
    void running.exited.then((exit) => (kept.exit = exit));
    this.#kept.push(kept);
  }

  /** @throws an Error with the end of its log, if one of the processes has ended. */
  assertRunning(): void {
    for (const { name, log, exit } of this.#kept) {
      if (exit === undefined) continue;
      const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n');
      throw new Error(`${name} ended: ${exit.text}. The end of its log:\n${end}`);
    }
  }

  /** Ends all of them, the last one first, since each needs those before it. */
  async stop(): Promise<void> {
    for (const { running } of this.#kept.splice(0).reverse()) {
      running.signal('SIGTERM');
      await Promise.race([running.exited, sleep(GRACE_MS, undefined, { ref: false })]);
      running.kill();
      await running.exited;
    }
    await this.#house.leave();
  }
}
