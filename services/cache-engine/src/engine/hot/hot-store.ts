/**
 * A map that holds no more than so many bytes and chooses by itself what to let go of. Its keys are strings; a value's size is told
 * when it is set and stands until it is set again.
 */
export interface HotStore<V> {
  /** Bytes held now, the bookkeeping counted; never more than the capacity. */
  readonly bytes: number;
  /** Values held now. */
  readonly size: number;
  /** The value under `key`; counts as a use of it. */
  get(key: string): V | undefined;
  /** The value under `key`, without counting as a use. */
  peek(key: string): V | undefined;
  /**
   * Keeps `value`, whose size is `bytes`, in the place of an earlier one. False when it is not kept, and then the earlier one is
   * not either: one larger than the whole store never is, and a store may choose to keep what it has instead.
   */
  set(key: string, value: V, bytes: number): boolean;
  /** Forgets a value and gives its bytes back; whether there was one. */
  delete(key: string): boolean;
  /** The keys of the values held, in no order that means anything. */
  keys(): Iterable<string>;
  /** Forgets everything; nothing is told of it. */
  clear(): void;
}

/** What every store is told. */
export interface HotStoreOptions<V> {
  /** Bytes that values and bookkeeping may take together. */
  readonly capacity: number;
  /** Told of every key that is held no more: let go of, deleted, or not kept when it was set again. It must not change the store. */
  readonly onLeave?: (key: string, value: V) => void;
  /** Whether a value has become useless, so that it may leave before those that were used less. Must be cheap. */
  readonly isGone?: (value: V) => boolean;
}

/**
 * What an entry costs beside its value and its key's characters: a node, the map's place, a string's head; rounded up from the growth of
 * the heap by 100,000 entries.
 */
const NODE_BYTES = 160;

/** The bytes that a value takes in a store. */
export function footprint(key: string, bytes: number): number {
  return NODE_BYTES + key.length + bytes;
}
