import { addDays, dateIn, startOfDate, type Clock, type TimeZone } from '@wedsync/domain';
import type { Ledger, Savings } from '../../ports/ledger.ts';
import type { Answered } from '../answering.ts';
import { Account, plus } from './account.ts';

/** Milliseconds between two visits to the ledger: what a process that is killed has counted since is lost. */
const INTERVAL = 5_000;

/** Entries that are on their way to the ledger at once. */
const AT_ONCE = 64;

/** Vendors that are counted between two visits, and entries that wait for a ledger that is away: some 20 MB at most. */
const MOST = 50_000;

/** What a savings book is made of. */
export interface SavingsBookParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** The zone of the region's calendar, whose months the ledger has. */
  readonly zone: TimeZone;
  /** Vendors that are counted at once, and entries that may wait. @default 50,000 */
  readonly most?: number;
}

interface Entry {
  readonly partition: string;
  readonly month: string;
  readonly savings: Savings;
}

/**
 * Counts in memory what the cache does for each vendor, and takes it to the ledger every few seconds. What the ledger does not
 * confirm is kept and taken again, so that an outage loses nothing.
 */
export class SavingsBook {
  readonly #parts: SavingsBookParts;
  readonly #most: number;
  readonly #outbox = new Map<string, Entry>();
  #accounts = new Map<string, Account>();
  #month = '';
  #monthEnds = -Infinity;
  #uncounted = 0;
  #flushing: Promise<boolean> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: SavingsBookParts) {
    this.#parts = parts;
    this.#most = parts.most ?? MOST;
  }

  /** Answers that were not counted, because more vendors would have been counted at once than may be. */
  get uncounted(): number {
    return this.#uncounted;
  }

  /** Counts an answer that a vendor was given `seconds` after it had asked. */
  count(partition: string, answered: Answered, seconds: number): void {
    const now = this.#parts.clock.now();
    if (now >= this.#monthEnds) this.#turnMonth(now);
    let account = this.#accounts.get(partition);
    if (account === undefined) {
      if (this.#accounts.size >= this.#most) return void this.#uncounted++;
      this.#accounts.set(partition, (account = new Account()));
    }
    account.count(answered, seconds * 1000);
  }

  /** Visits the ledger every few seconds from now on. */
  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), INTERVAL).unref();
  }

  /** Takes what was counted to the ledger. Whether all of it is there; what is not is kept for the next time. */
  flush(): Promise<boolean> {
    this.#flushing ??= this.#visit().finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  /** Ends the visits with a last one, which takes everything. Whether all of it is in the ledger. */
  async close(): Promise<boolean> {
    clearInterval(this.#timer);
    await this.#flushing;
    return this.flush();
  }

  async #visit(): Promise<boolean> {
    this.#collect();
    const names = [...this.#outbox.keys()];
    for (let at = 0; at < names.length; at += AT_ONCE) {
      const booked = await Promise.all(names.slice(at, at + AT_ONCE).map((name) => this.#book(name)));
      if (booked.includes(false)) return false;
    }
    return true;
  }

  /** Books an entry; false, with the entry kept, when the ledger does not confirm it. */
  async #book(name: string): Promise<boolean> {
    const entry = this.#outbox.get(name);
    if (entry === undefined) return true;
    // Out of the box first: what is counted meanwhile must not be taken for booked.
    this.#outbox.delete(name);
    try {
      await this.#parts.ledger.add(entry.partition, entry.month, entry.savings);
      return true;
    } catch {
      this.#keep(entry);
      return false;
    }
  }

  /** Closes the accounts as they are, under the month in which they were opened. */
  #collect(): void {
    const accounts = this.#accounts;
    this.#accounts = new Map();
    for (const [partition, { savings }] of accounts) this.#keep({ partition, month: this.#month, savings });
  }

  #keep(entry: Entry): void {
    const name = nameOf(entry);
    const kept = this.#outbox.get(name);
    if (kept !== undefined) this.#outbox.set(name, { ...entry, savings: plus(kept.savings, entry.savings) });
    else if (this.#outbox.size < this.#most) this.#outbox.set(name, entry);
    else this.#uncounted += entry.savings.hits + entry.savings.misses;
  }

  #turnMonth(now: number): void {
    const { zone } = this.#parts;
    this.#collect();
    this.#month = dateIn(zone, now).slice(0, 7);
    this.#monthEnds = startOfDate(zone, `${addDays(`${this.#month}-01`, 31).slice(0, 7)}-01`);
  }
}

function nameOf({ partition, month }: Entry): string {
  return `${month} ${partition}`;
}
