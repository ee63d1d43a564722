import { SETTINGS_KEY } from '../../contract.ts';
import type { Settings } from '../../engine/settings.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { ClusterConnections } from './cluster.ts';
import { HedgedReader } from './hedged-reader.ts';
import { DURABLE, ReplicatedWriter } from './replicated-writer.ts';

/** The settings in a durable Redis Cluster: one string of JSON. */
export class RedisSettings implements SettingsStore {
  readonly #reader: HedgedReader;
  readonly #writer: ReplicatedWriter;

  constructor(cluster: ClusterConnections) {
    this.#reader = new HedgedReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, DURABLE);
  }

  async load(): Promise<Partial<Settings>> {
    const text = await this.#reader.get(SETTINGS_KEY);
    return text === undefined ? {} : (JSON.parse(text.toString()) as Partial<Settings>);
  }

  async save(settings: Partial<Settings>): Promise<void> {
    await this.#writer.write(() => [['set', SETTINGS_KEY, JSON.stringify(settings)]]);
  }
}
