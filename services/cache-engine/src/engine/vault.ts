import { partitionOfKey, type AnswerKey } from './answer-key.ts';
import { keyIdOf, open, seal } from './sealing/seal.ts';
import type { TenantKeys } from './sealing/tenant-keys.ts';

/** Names what is sealed beside a record: the same key must not open the one in the place of the other. */
const DETAILS = '!details';

/**
 * Seals what leaves the process and opens what comes back, each under its tenant's key and bound to its own place. Both are
 * synchronous once the tenant's key is known, which is so on all but the first request of a tenant.
 */
export class Vault {
  readonly #keys: TenantKeys;

  constructor(keys: TenantKeys) {
    this.#keys = keys;
  }

  /** The sealed record of `key`. Rejects when the tenant has no key yet and none can be made. */
  sealRecord(key: AnswerKey, record: Buffer): Buffer | Promise<Buffer> {
    return this.#seal(key, key, record);
  }

  /** The record in `sealed`; `undefined` for anything that is not the authentic record of `key`. */
  openRecord(key: AnswerKey, sealed: Buffer): Buffer | undefined | Promise<Buffer | undefined> {
    return this.#open(key, key, sealed);
  }

  /** Like sealRecord, for what is listed with the record. */
  sealDetails(key: AnswerKey, details: Buffer): Buffer | Promise<Buffer> {
    return this.#seal(key, key + DETAILS, details);
  }

  /** Like openRecord, for what is listed with the record. */
  openDetails(key: AnswerKey, sealed: Buffer): Buffer | undefined | Promise<Buffer | undefined> {
    return this.#open(key, key + DETAILS, sealed);
  }

  #seal(key: AnswerKey, associated: string, plain: Buffer): Buffer | Promise<Buffer> {
    const current = this.#keys.current(partitionOfKey(key));
    return current instanceof Promise
      ? current.then((dataKey) => seal(dataKey, associated, plain))
      : seal(current, associated, plain);
  }

  #open(key: AnswerKey, associated: string, sealed: Buffer): Buffer | undefined | Promise<Buffer | undefined> {
    const id = keyIdOf(sealed);
    if (id === undefined) return undefined;
    const dataKey = this.#keys.byId(partitionOfKey(key), id);
    if (dataKey instanceof Promise)
      return dataKey.then(
        (found) => found && open(found, associated, sealed),
        () => undefined,
      );
    return dataKey && open(dataKey, associated, sealed);
  }
}
