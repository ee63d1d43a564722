import type { Sightings } from '../../ports/sightings.ts';

/** Sightings in memory, for tests and tools that have no Redis. */
export class MemorySightings implements Sightings {
  readonly #vendors = new Map<string, Set<string>>();

  async seen(question: string, vendor: string): Promise<number> {
    const vendors = this.#vendors.get(question) ?? new Set<string>();
    this.#vendors.set(question, vendors.add(vendor));
    return vendors.size;
  }
}
