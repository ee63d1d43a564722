import { LRUCache } from 'lru-cache';
import type { Clock, VendorType } from '@wedsync/domain';
import type { VendorKeyRecord, VendorKeys } from '../ports/vendor-keys.ts';
import { partitionOf } from './answer-key.ts';
import { hashApiKey } from './api-key.ts';

/** A vendor as its key introduces it. */
export interface Vendor {
  readonly id: string;
  readonly type: VendorType;
  /** The vendor's part of the keys of its answers. */
  readonly partition: string;
}

/** How long a lookup holds, in milliseconds. A revoked key ends everywhere within the first of these. */
const KNOWN_FOR = 60_000;
const UNKNOWN_FOR = 5_000;
/** How long to go on with what is known when the store is away, before asking it again. */
const RETRY_AFTER = 2_000;
/** Lookups kept. An entry is about 300 bytes, and strangers' keys push out only the least recently used. */
const CAPACITY = 20_000;

/** What is known of an API key, and until when it holds (epoch milliseconds). */
export interface Known {
  readonly vendor: Vendor | undefined;
  readonly freshUntil: number;
}

interface Lookup extends Known {
  freshUntil: number;
}

/** Who an API key belongs to, without asking the store each time, and also while the store is away. */
export class VendorDirectory {
  readonly #keys: VendorKeys;
  readonly #clock: Clock;
  readonly #lookups = new LRUCache<string, Lookup>({ max: CAPACITY });
  readonly #underWay = new Map<string, Promise<Vendor | undefined>>();

  constructor(keys: VendorKeys, clock: Clock) {
    this.#keys = keys;
    this.#clock = clock;
  }

  /**
   * The vendor of `apiKey`, `undefined` when the key is not valid: at once when that is known, a promise otherwise.
   * Rejects when the store is away and the key was never seen: nobody can tell then whether it is valid.
   */
  identify(apiKey: string): Vendor | undefined | Promise<Vendor | undefined> {
    const hash = hashApiKey(apiKey);
    const known = this.#lookups.get(hash);
    if (known !== undefined && known.freshUntil > this.#clock.now()) return known.vendor;
    const underWay = this.#underWay.get(hash);
    if (underWay !== undefined) return underWay;
    const lookup = this.#look(hash, known).finally(() => this.#underWay.delete(hash));
    this.#underWay.set(hash, lookup);
    return lookup;
  }

  /** What is known of an API key now, without asking the store. */
  known(apiKey: string): Known | undefined {
    return this.#lookups.peek(hashApiKey(apiKey));
  }

  async #look(hash: string, known: Lookup | undefined): Promise<Vendor | undefined> {
    try {
      const record = await this.#keys.find(hash);
      const vendor = record && vendorOf(record);
      const holds = vendor === undefined ? UNKNOWN_FOR : KNOWN_FOR;
      this.#lookups.set(hash, { vendor, freshUntil: this.#clock.now() + holds });
      return vendor;
    } catch (error) {
      // A vendor that was known stays known: a store that is away cannot have taken its key back either.
      if (known?.vendor === undefined) throw error;
      known.freshUntil = this.#clock.now() + RETRY_AFTER;
      return known.vendor;
    }
  }
}

function vendorOf({ vendorId, vendorType }: VendorKeyRecord): Vendor {
  return { id: vendorId, type: vendorType, partition: partitionOf(vendorId) };
}
