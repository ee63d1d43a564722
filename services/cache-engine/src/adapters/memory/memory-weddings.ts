import type { Weddings } from '../../ports/weddings.ts';

/** Dates of weddings in memory, for tests and tools that have no Redis. */
export class MemoryWeddings implements Weddings {
  readonly #dates = new Map<string, string>();

  async dateOf(partition: string, wedding: string): Promise<string | undefined> {
    return this.#dates.get(`${partition}:${wedding}`);
  }

  async move(partition: string, wedding: string, date: string): Promise<void> {
    this.#dates.set(`${partition}:${wedding}`, date);
  }
}
