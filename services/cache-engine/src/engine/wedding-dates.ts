import { LRUCache } from 'lru-cache';
import type { CalendarDate } from '@wedsync/domain';
import type { Weddings } from '../ports/weddings.ts';

/** Weddings whose dates are remembered. */
const REMEMBERED = 20_000;

/** The dates of weddings that moved, remembered until the feed says that one moved again. */
export class WeddingDates {
  readonly #store: Weddings;
  readonly #dates = new LRUCache<string, { readonly date: CalendarDate | undefined }>({ max: REMEMBERED });

  constructor(store: Weddings) {
    this.#store = store;
  }

  /** The date of a wedding (its digest), where one is known. A store that is away knows none. */
  async of(partition: string, wedding: string): Promise<CalendarDate | undefined> {
    const name = `${partition}:${wedding}`;
    const known = this.#dates.get(name);
    if (known !== undefined) return known.date;
    try {
      const date = await this.#store.dateOf(partition, wedding);
      this.#dates.set(name, { date });
      return date;
    } catch {
      return undefined;
    }
  }

  /** A wedding has another date now. */
  moved(partition: string, wedding: string, date: CalendarDate): void {
    this.#dates.set(`${partition}:${wedding}`, { date });
  }

  /** Forgets everything; it is read again as it is asked for. */
  clear(): void {
    this.#dates.clear();
  }
}
