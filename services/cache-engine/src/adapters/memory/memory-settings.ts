import type { Settings } from '../../engine/settings.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';

/** Settings in memory, for tests and tools that have no Redis. */
export class MemorySettings implements SettingsStore {
  #settings: Partial<Settings> = {};

  async load(): Promise<Partial<Settings>> {
    return this.#settings;
  }

  async save(settings: Partial<Settings>): Promise<void> {
    this.#settings = settings;
  }
}
