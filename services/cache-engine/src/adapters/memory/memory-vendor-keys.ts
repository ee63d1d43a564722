import type { VendorKeyRecord, VendorKeys } from '../../ports/vendor-keys.ts';

/** Vendors' API keys in memory, for tests and tools that have no Redis. */
export class MemoryVendorKeys implements VendorKeys {
  readonly #records = new Map<string, VendorKeyRecord>();

  async find(hash: string): Promise<VendorKeyRecord | undefined> {
    return [...this.#records.values()].find((record) => record.hash === hash);
  }

  async add(record: VendorKeyRecord): Promise<void> {
    this.#records.set(record.keyId, record);
  }

  async list(vendorId?: string): Promise<readonly VendorKeyRecord[]> {
    return [...this.#records.values()]
      .filter((record) => vendorId === undefined || record.vendorId === vendorId)
      .sort((one, other) => one.createdAt - other.createdAt || (one.keyId < other.keyId ? -1 : 1));
  }

  async revoke(keyId: string): Promise<boolean> {
    return this.#records.delete(keyId);
  }
}
