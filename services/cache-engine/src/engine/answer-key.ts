import { hash } from 'node:crypto';

/** Characters of a digest that names a partition: 132 bits of SHA-256, too many for two ever to meet. */
const SHORT = 22;

/** The name of an answer's place in every tier: `<partition>:<digest>`. */
export type AnswerKey = string;

/** A digest of any JSON-like value: 43 characters of base64url; different values have different digests. */
export function digestOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value), 'base64url');
}

/** A digest of 22 characters, for names of which there are many. */
export function shortDigestOf(value: unknown): string {
  return digestOf(value).slice(0, SHORT);
}

/**
 * The part of a key that all entries of one vendor share, so that they lie and can be found together.
 * A digest, as a vendor's id may say more about a person than a key's name should.
 */
export function partitionOf(vendorId: string): string {
  return shortDigestOf(['vendor', vendorId]);
}

/** The key of a digest in a partition. */
export function keyIn(partition: string, digest: string): AnswerKey {
  return `${partition}:${digest}`;
}

/** The partition of a key. */
export function partitionOfKey(key: AnswerKey): string {
  return key.slice(0, key.indexOf(':'));
}
