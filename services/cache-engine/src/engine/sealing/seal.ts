import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataKey } from './data-key.ts';

/** First byte of what is sealed, raised when its form changes: another version is a miss, never misread. */
const VERSION = 1;

const IV_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';
const OPTIONS = { authTagLength: TAG_BYTES };

/**
 * Seals `plain` with AES-256-GCM:
 *
 *     version (1) │ length of key id (1) │ key id │ IV (12) │ tag (16) │ ciphertext
 *
 * All that stands before the IV is authenticated together with `associated` (the AnswerKey), so that a record which is
 * moved to another place, or passed off as another key's or another version's, does not open. It stands there with its
 * length, so no two heads and associated texts run together to the same bytes. The length of `plain` shows.
 */
export function seal(key: DataKey, associated: string, plain: Buffer): Buffer {
  key.countSeal();
  const ivAt = 2 + key.id.length;
  const iv = randomBytes(IV_BYTES);
  const sealed = Buffer.allocUnsafe(ivAt + IV_BYTES + TAG_BYTES + plain.length);
  sealed[0] = VERSION;
  sealed[1] = key.id.length;
  sealed.write(key.id, 2, 'latin1');
  sealed.set(iv, ivAt);
  const cipher = createCipheriv(ALGORITHM, key.secret, iv, OPTIONS);
  cipher.setAAD(additionalData(key.id, associated));
  sealed.set(cipher.update(plain), ivAt + IV_BYTES + TAG_BYTES);
  cipher.final();
  sealed.set(cipher.getAuthTag(), ivAt + IV_BYTES);
  return sealed;
}

/**
 * What `seal` sealed; `undefined` for anything that is not authentic: tampered with, cut, of another key or another place.
 * That is a miss like any other, so nothing is thrown.
 */
export function open(key: DataKey, associated: string, sealed: Buffer): Buffer | undefined {
  if (keyIdOf(sealed) !== key.id) return undefined;
  const ivAt = 2 + key.id.length;
  const tagAt = ivAt + IV_BYTES;
  const bodyAt = tagAt + TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key.secret, sealed.subarray(ivAt, tagAt), OPTIONS);
  decipher.setAuthTag(sealed.subarray(tagAt, bodyAt));
  decipher.setAAD(additionalData(key.id, associated));
  const plain = decipher.update(sealed.subarray(bodyAt));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain;
}

/** The id of the key that sealed a record, as its clear head states it; `undefined` for what is not sealed at all. */
export function keyIdOf(sealed: Buffer): string | undefined {
  const length = sealed[1];
  if (sealed[0] !== VERSION || length === undefined || length === 0) return undefined;
  return sealed.length < 2 + length + IV_BYTES + TAG_BYTES ? undefined : sealed.toString('latin1', 2, 2 + length);
}

function additionalData(keyId: string, associated: string): Buffer {
  return Buffer.from(String.fromCharCode(VERSION, keyId.length) + keyId + associated);
}
