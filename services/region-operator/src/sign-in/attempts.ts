import type { Clock } from '@wedsync/domain';

/** Wrong secrets that a person may type before waiting. */
const FREE = 5;
/** Milliseconds to wait after the first one too many; each further one doubles it. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** Milliseconds after which nothing is held against a name any more. */
const FORGET_AFTER = 15 * 60_000;
/** Names that are remembered: strangers push out only those that were tried longest ago. */
const REMEMBERED = 1_000;
/** Secrets that are checked at once: a slow hash takes 128 MiB. */
const AT_ONCE = 2;
/** Checks that may wait for their turn. */
const WAITING = 16;

interface Record {
  failures: number;
  lastAt: number;
}

/**
 * Slows down guessing. It counts by name and not by address, since all that come through a gateway have the same one; and a wait of a minute at most
 * keeps nobody out who knows the secret, whoever else is trying.
 */
export class Attempts {
  readonly #clock: Clock;
  readonly #records = new Map<string, Record>();
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds until `name` may be tried; 0 for now. */
  wait(name: string): number {
    const record = this.#recent(name);
    if (record === undefined || record.failures < FREE) return 0;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (record.failures - FREE));
    return Math.max(0, record.lastAt + wait - this.#clock.now());
  }

  /** Whether so many are trying that one more could not be heard. */
  get crowded(): boolean {
    return this.#queue.length >= WAITING;
  }

  /** Runs `check` when it is its turn, and notes what came of it. */
  async check<Result>(name: string, check: () => Promise<Result | undefined>): Promise<Result | undefined> {
    // Counted before it is known, or many at once would all be free.
    this.#note(name);
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#running++;
    try {
      const result = await check();
      if (result !== undefined) this.#records.delete(name);
      return result;
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  #note(name: string): void {
    const failures = (this.#recent(name)?.failures ?? 0) + 1;
    this.#records.delete(name);
    this.#records.set(name, { failures, lastAt: this.#clock.now() });
    const [oldest] = this.#records.keys();
    if (this.#records.size > REMEMBERED && oldest !== undefined) this.#records.delete(oldest);
  }

  #recent(name: string): Record | undefined {
    const record = this.#records.get(name);
    return record !== undefined && record.lastAt + FORGET_AFTER > this.#clock.now() ? record : undefined;
  }
}
