import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { FreezeError } from './freeze-error.ts';

/** The public half of an Ed25519 key (RFC 8037). */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

/** A person's private key, as a JSON Web Key (RFC 8037). */
export interface PrivateKey extends PublicKey {
  readonly d: string;
}

/** 32 bytes in base64url. */
const KEY_BYTES = /^[A-Za-z0-9_-]{43}$/;

/** Whether `text` may be a half of a key. */
export function isKeyHalf(text: unknown): text is string {
  return typeof text === 'string' && KEY_BYTES.test(text);
}

export async function generatePrivateKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return parsePrivateKey(JSON.stringify(await exportJWK(privateKey)), 'the new key');
}

/** The id of a key: its thumbprint (RFC 7638). */
export function keyIdOf({ kty, crv, x }: PublicKey): Promise<string> {
  return calculateJwkThumbprint({ kty, crv, x });
}

/** The half that may be shown. */
export function publicHalf({ kty, crv, x }: PublicKey): PublicKey {
  return { kty, crv, x };
}

/** @throws FreezeError naming `where` the text comes from, if it is no private key. */
export function parsePrivateKey(text: string, where: string): PrivateKey {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { kty, crv, x, d } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (kty === 'OKP' && crv === 'Ed25519' && isKeyHalf(x) && isKeyHalf(d)) return { kty, crv, x, d };
  throw new FreezeError(`${where} holds no private Ed25519 key as npm run freeze -- keygen makes it.`);
}
