import type { Settings } from '../engine/settings.ts';

/** The durable store of the settings. Every method rejects when it is away. */
export interface SettingsStore {
  /** The members that were set, each instead of its default. */
  load(): Promise<Partial<Settings>>;
  /** Resolves when more than one node has them. */
  save(settings: Partial<Settings>): Promise<void>;
}
