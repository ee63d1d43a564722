import { hash, randomBytes } from 'node:crypto';

/** What every vendor's API key starts with, so that people and secret scanners recognise one. */
export const API_KEY_PREFIX = 'wsk_';

/** A new API key: 256 random bits. */
export function newApiKey(): string {
  return API_KEY_PREFIX + randomBytes(32).toString('base64url');
}

/** A new public name for a key. */
export function newKeyId(): string {
  return `key_${randomBytes(9).toString('base64url')}`;
}

/**
 * The form in which a key is kept. A fast hash is right here: slow ones make up for passwords that can be guessed, and
 * 256 random bits cannot, while this is computed on every request.
 */
export function hashApiKey(key: string): string {
  return hash('sha256', key, 'hex');
}
