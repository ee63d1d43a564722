import type { SettingsStore } from '../ports/settings-store.ts';

/** What the administration may change while the engines run; the same on all engines of a region. */
export interface Settings {
  /** Whether other wordings are resolved at all. */
  readonly semantic: boolean;
  readonly judging: 'at-once' | 'in-background';
  /** Milliseconds that a caller waits for the judge at most. */
  readonly judgePatience: number;
  /** Share of the hits by alias that are judged again, 0 to 1. */
  readonly sampleRate: number;
  /** Whether vendors share generic answers. */
  readonly sharing: boolean;
  /** Different vendors that must have asked a question before its answer is shared. */
  readonly sharingVendors: number;
}

/** What holds until the administration says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  semantic: true,
  judging: 'at-once',
  judgePatience: 1500,
  sampleRate: 0.02,
  sharing: true,
  sharingVendors: 3,
};

/** The settings that hold now, as the durable store has them; read anew when the region's engines are told of a change. */
export class SettingsBook {
  readonly #store: SettingsStore;
  #current: Settings = DEFAULT_SETTINGS;

  constructor(store: SettingsStore) {
    this.#store = store;
  }

  /** What holds now. */
  get current(): Settings {
    return this.#current;
  }

  /** Reads the store. A store that is away changes nothing. */
  async refresh(): Promise<void> {
    const stored = await this.#store.load().catch(() => undefined);
    if (stored !== undefined) this.#current = { ...DEFAULT_SETTINGS, ...stored };
  }

  /** Changes some of the settings; rejects, and changes nothing, when the store does not confirm. */
  async change(changes: Partial<Settings>): Promise<Settings> {
    await this.#store.save({ ...(await this.#store.load()), ...changes });
    await this.refresh();
    return this.#current;
  }
}
