import { createHash } from 'node:crypto';

/** A short hash of a JSON value that does not depend on the order of its keys: equal specs, equal hashes. */
export function specHash(value: unknown): string {
  const canonical = JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
  return createHash('sha256')
    .update(canonical ?? 'undefined')
    .digest('hex')
    .slice(0, 10);
}
