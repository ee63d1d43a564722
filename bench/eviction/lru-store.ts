import { LRUCache } from 'lru-cache';
import {
  footprint,
  type HotStore,
  type HotStoreOptions,
} from '../../services/cache-engine/src/engine/hot/hot-store.ts';

/** The library `lru-cache` as a store: the peer that everyone knows. */
export class LruStore<V extends object> implements HotStore<V> {
  readonly #cache: LRUCache<string, V>;

  constructor({ capacity, onLeave }: HotStoreOptions<V>) {
    this.#cache = new LRUCache({
      maxSize: capacity,
      dispose: (value, key, reason) => reason !== 'set' && !this.#clearing && onLeave?.(key, value),
    });
  }

  #clearing = false;

  get bytes(): number {
    return this.#cache.calculatedSize;
  }

  get size(): number {
    return this.#cache.size;
  }

  get(key: string): V | undefined {
    return this.#cache.get(key);
  }

  peek(key: string): V | undefined {
    return this.#cache.peek(key);
  }

  set(key: string, value: V, bytes: number): boolean {
    const size = footprint(key, bytes);
    // The library would forget the earlier value as well, but as one that was replaced.
    if (size > this.#cache.maxSize) this.#cache.delete(key);
    else this.#cache.set(key, value, { size });
    return size <= this.#cache.maxSize;
  }

  delete(key: string): boolean {
    return this.#cache.delete(key);
  }

  keys(): Iterable<string> {
    return this.#cache.keys();
  }

  clear(): void {
    this.#clearing = true;
    this.#cache.clear();
    this.#clearing = false;
  }
}
