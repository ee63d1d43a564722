import { fnv1a } from '../../services/cache-engine/src/engine/fnv.ts';
import {
  footprint,
  type HotStore,
  type HotStoreOptions,
} from '../../services/cache-engine/src/engine/hot/hot-store.ts';
import { FrequencySketch } from './frequency-sketch.ts';
import { Linked, RecencyList } from './recency-list.ts';

/** Shares of the paper: the window takes 1 % of the capacity; of the rest, what was used again may take 80 %. */
const WINDOW = 0.01;
const PROTECTED = 0.8;
/** The size of value for which the sketch is laid out, in bytes. */
const EXPECTED_BYTES = 2048;

/**
 * A store that evicts by W-TinyLFU (Einziger, Friedman, Manes: TinyLFU, ACM TOS 2017): newcomers pass a small window, and
 * enter the main part, a segmented LRU, only if they were seen more often than all that would have to leave for them together
 * (aggregated victims: Einziger, Eytan, Friedman, Manes: Lightweight Robust Size Aware Cache Management, ACM TOS 2022).
 */
export class TinyLfuStore<V> implements HotStore<V> {
  readonly #capacity: number;
  readonly #onLeave: ((key: string, value: V) => void) | undefined;
  readonly #nodes = new Map<string, Linked<V>>();
  readonly #window = new RecencyList<V>();
  readonly #probation = new RecencyList<V>();
  readonly #protected = new RecencyList<V>();
  readonly #sketch: FrequencySketch;

  constructor({ capacity, onLeave }: HotStoreOptions<V>) {
    this.#capacity = capacity;
    this.#onLeave = onLeave;
    this.#sketch = new FrequencySketch(capacity / EXPECTED_BYTES);
  }

  get bytes(): number {
    return this.#window.bytes + this.#probation.bytes + this.#protected.bytes;
  }

  get size(): number {
    return this.#nodes.size;
  }

  get(key: string): V | undefined {
    const node = this.#nodes.get(key);
    if (node === undefined) return undefined;
    this.#use(node);
    return node.value;
  }

  peek(key: string): V | undefined {
    return this.#nodes.get(key)?.value;
  }

  set(key: string, value: V, bytes: number): boolean {
    const size = footprint(key, bytes);
    const held = this.#nodes.get(key);
    if (held !== undefined) this.#unlink(held);
    if (size > this.#capacity) {
      if (held !== undefined) this.#onLeave?.(key, held.value);
      return false;
    }
    const node = new Linked(key, held?.hash ?? fnv1a(key), value, size);
    this.#nodes.set(key, node);
    this.#sketch.add(node.hash);
    this.#window.push(node);
    this.#settle();
    return this.#nodes.get(key) === node;
  }

  delete(key: string): boolean {
    const node = this.#nodes.get(key);
    if (node === undefined) return false;
    this.#unlink(node);
    this.#onLeave?.(key, node.value);
    return true;
  }

  keys(): Iterable<string> {
    return this.#nodes.keys();
  }

  clear(): void {
    for (const node of this.#nodes.values()) node.list?.remove(node);
    this.#nodes.clear();
  }

  #use(node: Linked<V>): void {
    this.#sketch.add(node.hash);
    if (node.list !== this.#probation) {
      node.list?.push(node);
      return;
    }
    this.#protected.push(node);
    const most = this.#capacity * (1 - WINDOW) * PROTECTED;
    for (let oldest = this.#protected.oldest; oldest !== undefined && this.#protected.bytes > most;) {
      this.#probation.push(oldest);
      oldest = this.#protected.oldest;
    }
  }

  /** Moves what the window holds too much of into the main part, or out of the store. */
  #settle(): void {
    const { oldest } = this.#window;
    if (oldest === undefined || this.#window.bytes <= this.#capacity * WINDOW) return;
    this.#admit(oldest);
    this.#settle();
  }

  #admit(candidate: Linked<V>): void {
    const room = this.#capacity * (1 - WINDOW) - this.#probation.bytes - this.#protected.bytes;
    const victims = this.#victims(candidate.bytes - room);
    const known = victims?.reduce((sum, { hash }) => sum + this.#sketch.count(hash), 0) ?? Infinity;
    if (victims === undefined || (victims.length > 0 && this.#sketch.count(candidate.hash) <= known)) {
      this.delete(candidate.key);
      return;
    }
    for (const { key } of victims) this.delete(key);
    this.#probation.push(candidate);
  }

  /** What would leave the main part to free `needed` bytes; `undefined` when all of it would not do. */
  #victims(needed: number): readonly Linked<V>[] | undefined {
    const victims: Linked<V>[] = [];
    let freed = 0;
    for (const list of [this.#probation, this.#protected]) {
      for (let node = list.oldest; node !== undefined && freed < needed; node = node.newer) {
        victims.push(node);
        freed += node.bytes;
      }
    }
    return freed >= needed ? victims : undefined;
  }

  #unlink(node: Linked<V>): void {
    node.list?.remove(node);
    this.#nodes.delete(node.key);
  }
}
