import type { VendorType } from '@wedsync/domain';

/** What is kept of an API key: never the key, only its SHA-256. */
export interface VendorKeyRecord {
  /** Public name of the key, by which it is listed and revoked. */
  readonly keyId: string;
  /** SHA-256 of the key, in lower-case hex. */
  readonly hash: string;
  readonly vendorId: string;
  readonly vendorType: VendorType;
  readonly label: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** The durable store of the vendors' API keys. Every method rejects when the store is away. */
export interface VendorKeys {
  /** The record of the key with this hash; `undefined` when there is none. */
  find(hash: string): Promise<VendorKeyRecord | undefined>;
  /** Resolves when the record is stored on more than one node. */
  add(record: VendorKeyRecord): Promise<void>;
  /** The records of one vendor, or of all, oldest first. */
  list(vendorId?: string): Promise<readonly VendorKeyRecord[]>;
  /** Ends a key; resolves when more than one node has forgotten it. False when there was none with this id. */
  revoke(keyId: string): Promise<boolean>;
}
