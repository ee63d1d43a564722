/** A tenant's data key, wrapped by the region's key-encryption key. */
export interface WrappedKey {
  /** Unique within its partition; stands in each record that the key seals. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** The name of the key-encryption key that wrapped it. */
  readonly wrappedBy: string;
  readonly wrapped: Buffer;
}

/** The durable store of the tenants' wrapped data keys. Every method rejects when the store is away. */
export interface DataKeyStore {
  /** A partition's keys, oldest first. */
  list(partition: string): Promise<readonly WrappedKey[]>;
  /**
   * Stores `key` unless the partition has one with `key.id` already; resolves, when more than one node has it, with the one that is
   * stored: of engines that make a key at once, all go on with the same.
   */
  add(partition: string, key: WrappedKey): Promise<WrappedKey>;
  /** Destroys all keys of a partition; how many there were. Nothing sealed with them can be opened again. */
  destroy(partition: string): Promise<number>;
}

/** The key-encryption key of the region: held by a key service, or by a file. */
export interface KeyEncryption {
  /** The name of the key that wraps from now on. */
  readonly name: string;
  /** Wraps a data key for one partition; the blob opens for that partition only. */
  wrap(key: Buffer, partition: string): Promise<Buffer>;
  /** Opens what `wrap` made, also under an earlier key of this service. Rejects for anything else. */
  unwrap(wrapped: Buffer, wrappedBy: string, partition: string): Promise<Buffer>;
}
