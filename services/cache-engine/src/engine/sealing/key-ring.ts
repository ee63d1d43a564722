import type { WrappedKey } from '../../ports/data-keys.ts';
import type { DataKey } from './data-key.ts';

/** Milliseconds for which a data key seals: keys rotate every month. */
export const KEY_LASTS = 30 * 24 * 3600_000;

/** What an engine knows of one partition's data keys: all of them wrapped, and opened those that were needed. */
export interface KeyRing {
  readonly wrapped: readonly WrappedKey[];
  readonly opened: Map<string, DataKey>;
  /** Epoch milliseconds. */
  readonly loadedAt: number;
  /** When to ask the store again, epoch milliseconds. */
  refreshAt: number;
}

/** A ring of what the store lists, with the keys that `known` has opened already. */
export function ringOf(
  wrapped: readonly WrappedKey[],
  known: KeyRing | undefined,
  now: number,
  lasts: number,
): KeyRing {
  const opened = new Map<string, DataKey>();
  for (const key of wrapped) {
    const before = known?.wrapped.find(({ id }) => id === key.id);
    const open = known?.opened.get(key.id);
    // After an erasure ids begin anew: the same id may then name another key.
    if (open !== undefined && before?.wrapped.equals(key.wrapped)) opened.set(key.id, open);
  }
  return { wrapped, opened, loadedAt: now, refreshAt: now + lasts };
}

/**
 * The key that seals at `now`, still wrapped: the newest that is not too old, not spent, and wrapped by the key-encryption key
 * `wrappedBy`. One wrapped by another does not do, so that a rotation of the key-encryption key reaches every tenant; engines
 * that still have the earlier one go on with the newest of theirs, so the two do not make keys in turn.
 */
export function sealingKey(ring: KeyRing, wrappedBy: string, now: number): WrappedKey | undefined {
  return ring.wrapped.findLast(
    (key) => key.wrappedBy === wrappedBy && now - key.createdAt < KEY_LASTS && ring.opened.get(key.id)?.spent !== true,
  );
}

/** The id that the next key of a partition gets. It follows from the list alone, so engines that make a key at once agree. */
export function nextKeyId(wrapped: readonly WrappedKey[]): string {
  return String(1 + Math.max(0, ...wrapped.map(({ id }) => Number(id))));
}
