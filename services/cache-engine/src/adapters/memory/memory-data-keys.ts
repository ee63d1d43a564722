import type { DataKeyStore, WrappedKey } from '../../ports/data-keys.ts';

/** Wrapped data keys in memory, for tests and tools that have no Redis. */
export class MemoryDataKeys implements DataKeyStore {
  readonly #partitions = new Map<string, Map<string, WrappedKey>>();

  async list(partition: string): Promise<readonly WrappedKey[]> {
    const keys = [...(this.#partitions.get(partition)?.values() ?? [])];
    return keys.sort((one, other) => one.createdAt - other.createdAt);
  }

  async add(partition: string, key: WrappedKey): Promise<WrappedKey> {
    const keys = this.#partitions.get(partition) ?? new Map<string, WrappedKey>();
    this.#partitions.set(partition, keys);
    const stored = keys.get(key.id) ?? key;
    keys.set(key.id, stored);
    return stored;
  }

  async destroy(partition: string): Promise<number> {
    const count = this.#partitions.get(partition)?.size ?? 0;
    this.#partitions.delete(partition);
    return count;
  }
}
