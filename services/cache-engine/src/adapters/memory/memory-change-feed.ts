import { randomUUID } from 'node:crypto';
import type { Change, ChangeFeed, RemovalReport } from '../../ports/change-feed.ts';

/** What the feeds of one region share. */
export class MemoryFeedHub {
  readonly feeds = new Set<MemoryChangeFeed>();
  readonly reports = new Map<string, Map<string, RemovalReport>>();
  /** Those who wait for reports. */
  readonly waiting = new Set<() => void>();
}

/** A change feed in memory, for tests and tools that have no Redis: the engines of one process share a hub. */
export class MemoryChangeFeed implements ChangeFeed {
  readonly engine = `engine-${randomUUID().slice(0, 8)}`;
  readonly #hub: MemoryFeedHub;
  readonly #listeners: ((change: Change) => void)[] = [];

  constructor(hub: MemoryFeedHub) {
    this.#hub = hub;
    hub.feeds.add(this);
  }

  async publish(change: Change): Promise<void> {
    for (const feed of this.#hub.feeds) for (const listener of feed.#listeners) listener(change);
  }

  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** Nothing is ever missed in one process. */
  onGap(): void {}

  async acknowledge(receipt: string, report: Omit<RemovalReport, 'engine'>): Promise<void> {
    const reports = this.#hub.reports.get(receipt) ?? new Map<string, RemovalReport>();
    reports.set(this.engine, { engine: this.engine, ...report });
    this.#hub.reports.set(receipt, reports);
    for (const wake of this.#hub.waiting) wake();
  }

  async reports(receipt: string, milliseconds: number): Promise<readonly RemovalReport[]> {
    const given = () => [...(this.#hub.reports.get(receipt)?.values() ?? [])];
    await new Promise<void>((resolve) => {
      const look = () => {
        if (given().length < this.#hub.feeds.size) return;
        finish();
      };
      const finish = () => {
        clearTimeout(timer);
        this.#hub.waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      this.#hub.waiting.add(look);
      look();
    });
    return given();
  }

  async engines(): Promise<readonly string[]> {
    return [...this.#hub.feeds].map(({ engine }) => engine);
  }

  /** Leaves the region. */
  close(): void {
    this.#hub.feeds.delete(this);
  }
}
