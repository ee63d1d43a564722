/** Ed25519 keys as JSON Web Keys (RFC 8037). */
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { SlaError } from '../sla-error.ts';

/** 32 bytes in base64url. */
const half = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const PUBLIC_KEY = Type.Object({ kty: Type.Literal('OKP'), crv: Type.Literal('Ed25519'), x: half });
const PRIVATE_KEY = Type.Object({ ...PUBLIC_KEY.properties, d: half });

/** The half that anybody may have. */
export type PublicKey = Static<typeof PUBLIC_KEY>;
export type PrivateKey = Static<typeof PRIVATE_KEY>;

export async function generateKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return parsePrivateKey(JSON.stringify(await exportJWK(privateKey)), 'the new key');
}

/** The id of a key: its thumbprint (RFC 7638). */
export function keyId({ kty, crv, x }: PublicKey): Promise<string> {
  return calculateJwkThumbprint({ kty, crv, x });
}

export function publicHalf({ kty, crv, x }: PublicKey): PublicKey {
  return { kty, crv, x };
}

/** @throws SlaError naming `where` the text comes from. */
export function parsePrivateKey(text: string, where: string): PrivateKey {
  const value = json(text);
  if (!Value.Check(PRIVATE_KEY, value))
    throw new SlaError(`${where} holds no private Ed25519 key as npm run sla -- keys makes it.`);
  return { ...publicHalf(value), d: value.d };
}

/** @throws SlaError naming `where` the text comes from. */
export function parsePublicKey(text: string, where: string): PublicKey {
  const value = json(text);
  if (!Value.Check(PUBLIC_KEY, value))
    throw new SlaError(`${where} holds no public Ed25519 key as npm run sla -- keys writes it.`);
  return publicHalf(value);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
