import { createSecretKey, type KeyObject } from 'node:crypto';

/** Bytes of a data key: AES-256. */
export const DATA_KEY_BYTES = 32;

/**
 * Records that one process seals under one key. With random 96-bit IVs a key may seal 2^32 records (NIST SP 800-38D, 8.3);
 * at 2^20 a process that leaves room for 4,096 processes in a key's 30 days, restarts counted, without telling each other.
 */
const SEALS_A_PROCESS = 2 ** 20;

/** A tenant's data key, opened: what seals its records. It lives in memory only. */
export class DataKey {
  /** Unique within its partition; 1 to 255 characters of ASCII. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** A KeyObject costs a quarter of what a plain buffer does: its import is paid once. */
  readonly secret: KeyObject;
  #seals = 0;

  constructor(id: string, createdAt: number, secret: Buffer) {
    if (!/^[\x21-\x7e]{1,255}$/.test(id)) throw new RangeError(`"${id}" cannot name a data key.`);
    if (secret.length !== DATA_KEY_BYTES) throw new RangeError(`A data key has 32 bytes, not ${secret.length}.`);
    this.id = id;
    this.createdAt = createdAt;
    this.secret = createSecretKey(secret);
  }

  /** Whether this process has sealed as much under the key as it may: the tenant then needs another one. */
  get spent(): boolean {
    return this.#seals >= SEALS_A_PROCESS;
  }

  /** Counts a record that is sealed under the key. */
  countSeal(): void {
    this.#seals++;
  }
}
