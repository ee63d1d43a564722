import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '@wedsync/domain';
import type { DataKeyStore, KeyEncryption, WrappedKey } from '../../ports/data-keys.ts';
import { DATA_KEY_BYTES, DataKey } from './data-key.ts';
import { nextKeyId, ringOf, sealingKey, type KeyRing } from './key-ring.ts';

/** Milliseconds after which a partition's keys are looked up again, beside the requests. */
const REFRESH_AFTER = 10 * 60_000;
/** Milliseconds for which they are used while the store cannot be reached: as long may an erasure stay unheard of at worst. */
const HOLDS = 60 * 60_000;
/** Milliseconds between two look-ups while the store is away, or of an id that is not on the list. */
const RETRY_AFTER = 2_000;
/** Partitions whose keys are kept at hand. One takes about a kilobyte. */
const CAPACITY = 10_000;

/** What the keys are made of. */
export interface TenantKeysParts {
  readonly store: DataKeyStore;
  readonly encryption: KeyEncryption;
  readonly clock: Clock;
}

/**
 * Every tenant's data keys. Both look-ups give the key itself when it is at hand, which is so on all but a partition's first
 * request, and a promise otherwise; that rejects when the store or the key-encryption key is away.
 */
export class TenantKeys {
  readonly #store: DataKeyStore;
  readonly #encryption: KeyEncryption;
  readonly #clock: Clock;
  readonly #rings = new LRUCache<string, KeyRing>({ max: CAPACITY });
  readonly #loading = new Map<string, Promise<KeyRing>>();
  readonly #sealing = new Map<string, Promise<DataKey>>();
  readonly #opening = new Map<WrappedKey, Promise<DataKey>>();

  constructor({ store, encryption, clock }: TenantKeysParts) {
    this.#store = store;
    this.#encryption = encryption;
    this.#clock = clock;
  }

  /** The key that seals a partition's records from now on; made and stored when there is none, or none that may go on. */
  current(partition: string): DataKey | Promise<DataKey> {
    const ring = this.#atHand(partition);
    const wrapped = ring && sealingKey(ring, this.#encryption.name, this.#clock.now());
    const key = wrapped && ring?.opened.get(wrapped.id);
    return key ?? once(this.#sealing, partition, () => this.#findSealing(partition, ring));
  }

  /** The key of a partition with this id; `undefined` when there is none. */
  byId(partition: string, id: string): DataKey | undefined | Promise<DataKey | undefined> {
    const ring = this.#atHand(partition);
    const key = ring?.opened.get(id);
    if (key !== undefined) return key;
    if (ring !== undefined) {
      const wrapped = ring.wrapped.find((one) => one.id === id);
      if (wrapped !== undefined) return this.#open(partition, ring, wrapped);
      // Another engine may have made it just now; or the id is made up, and must not cost a look-up each time.
      if (this.#clock.now() - ring.loadedAt < RETRY_AFTER) return undefined;
    }
    return this.#findById(partition, id);
  }

  /** Forgets a partition's keys here: the next look-up asks the store. */
  forget(partition: string): void {
    this.#rings.delete(partition);
    // What is under way may have been read before: nobody joins it, and what it finds is not kept.
    this.#loading.delete(partition);
    this.#sealing.delete(partition);
  }

  /** Forgets all keys here, as when changes may have been missed. */
  forgetAll(): void {
    this.#rings.clear();
    this.#loading.clear();
    this.#sealing.clear();
  }

  /** Destroys a partition's keys everywhere: what they sealed can never be opened again, backups included. How many there were. */
  async destroy(partition: string): Promise<number> {
    this.forget(partition);
    const destroyed = await this.#store.destroy(partition);
    this.forget(partition);
    return destroyed;
  }

  /** What is known and may still be used; looked up again beside the request when it is due. */
  #atHand(partition: string): KeyRing | undefined {
    const ring = this.#rings.get(partition);
    const now = this.#clock.now();
    if (ring === undefined || now - ring.loadedAt >= HOLDS) return undefined;
    if (now >= ring.refreshAt) {
      ring.refreshAt = now + RETRY_AFTER;
      this.#load(partition).catch(() => {});
    }
    return ring;
  }

  #load(partition: string): Promise<KeyRing> {
    return once(this.#loading, partition, async (isCurrent) => {
      const wrapped = await this.#store.list(partition);
      const ring = ringOf(wrapped, this.#rings.get(partition), this.#clock.now(), REFRESH_AFTER);
      if (isCurrent()) this.#rings.set(partition, ring);
      return ring;
    });
  }

  async #findById(partition: string, id: string): Promise<DataKey | undefined> {
    const ring = await this.#load(partition);
    const wrapped = ring.wrapped.find((one) => one.id === id);
    return wrapped && this.#open(partition, ring, wrapped);
  }

  async #findSealing(partition: string, known: KeyRing | undefined): Promise<DataKey> {
    const name = this.#encryption.name;
    const atHand = known && sealingKey(known, name, this.#clock.now());
    if (known !== undefined && atHand !== undefined) return this.#open(partition, known, atHand);
    // Before one is made, the store is asked: another engine may have made it.
    const ring = await this.#load(partition);
    const stored = sealingKey(ring, name, this.#clock.now()) ?? (await this.#make(partition, ring));
    return this.#open(partition, this.#rings.get(partition) ?? ring, stored);
  }

  async #make(partition: string, ring: KeyRing): Promise<WrappedKey> {
    const { name } = this.#encryption;
    const wrapped = await this.#encryption.wrap(randomBytes(DATA_KEY_BYTES), partition);
    const made = { id: nextKeyId(ring.wrapped), createdAt: this.#clock.now(), wrappedBy: name, wrapped };
    const stored = await this.#store.add(partition, made);
    if (this.#rings.get(partition) === ring) {
      this.#rings.set(partition, { ...ring, wrapped: [...ring.wrapped, stored] });
    }
    return stored;
  }

  #open(partition: string, ring: KeyRing, key: WrappedKey): Promise<DataKey> {
    return once(this.#opening, key, async () => {
      const secret = await this.#encryption.unwrap(key.wrapped, key.wrappedBy, partition);
      const opened = new DataKey(key.id, key.createdAt, secret);
      ring.opened.set(key.id, opened);
      return opened;
    });
  }
}

/** The work under way under `key`, or a new one; the work may ask whether it has not been forgotten meanwhile. */
function once<Key, Result>(
  underWay: Map<Key, Promise<Result>>,
  key: Key,
  work: (isCurrent: () => boolean) => Promise<Result>,
): Promise<Result> {
  const running = underWay.get(key);
  if (running !== undefined) return running;
  const started: Promise<Result> = work(() => underWay.get(key) === started).finally(() => {
    if (underWay.get(key) === started) underWay.delete(key);
  });
  underWay.set(key, started);
  return started;
}
