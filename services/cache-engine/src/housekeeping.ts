import type { Logger } from 'pino';
import type { Engine } from './compose.ts';
import { seldom } from './engine/seldom.ts';

/** Milliseconds between two looks for answers that belong in the cold tier; with many engines each partition is looked at often enough. */
const SWEEP_EVERY = 60_000;
/** Milliseconds between two readings of the settings, in case a change was missed. */
const SETTINGS_EVERY = 60_000;

/** What an engine does beside the requests. */
export class Housekeeping {
  readonly #engine: Engine;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #warn: (error: unknown) => void;

  constructor(engine: Engine, logger: Logger) {
    this.#engine = engine;
    let last: unknown;
    const warn = seldom(() => logger.warn({ err: last }, 'housekeeping failed; it is tried again'));
    this.#warn = (error) => {
      last = error;
      warn();
    };
  }

  /** Begins. */
  start(): void {
    const { savings, tiering, services } = this.#engine;
    savings.start();
    this.#every(SETTINGS_EVERY, () => services.settings.refresh());
    if (tiering !== undefined) this.#every(SWEEP_EVERY, () => tiering.sweep());
  }

  /** Ends, with the books written. */
  async stop(): Promise<void> {
    this.#timers.forEach(clearInterval);
    await this.#engine.savings.close();
  }

  #every(milliseconds: number, work: () => Promise<unknown>): void {
    this.#timers.push(setInterval(() => void work().catch(this.#warn), milliseconds).unref());
  }
}
