import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { hashOfToken } from '../contract.ts';

/** OWASP's "Password Storage Cheat Sheet": N = 2^17, r = 8, p = 1; 128 MiB and a quarter of a second on a present core. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** What scrypt takes is 128 · N · r; the limit leaves room for costs that were raised. */
const MOST_MEMORY = 512 * 1024 * 1024;

/** How a secret stands in the accounts file: a person's password takes a slow hash, a long random token a quick one. */
export type SecretHash = string;

const SCRYPT = /^scrypt:(\d+):(\d+):(\d+):([\w-]{22,}):([\w-]{43})$/;
const TOKEN = /^sha256:[0-9a-f]{64}$/;

/** Whether `text` is a hash that `isSecret` can check. */
export function isSecretHash(text: string): text is SecretHash {
  const [, cost, blocks] = SCRYPT.exec(text)?.map(Number) ?? [];
  if (cost === undefined || blocks === undefined) return TOKEN.test(text);
  return cost > 1 && (cost & (cost - 1)) === 0 && 128 * cost * blocks < MOST_MEMORY;
}

/** A password as the accounts file has it: `scrypt:N:r:p:SALT:HASH`, both in base64url. */
export async function hashOfPassword(password: string): Promise<SecretHash> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join(':');
}

/** Whether `secret` is the one that was hashed. Takes as long whether it is or not. */
export async function isSecret(secret: string, hash: SecretHash): Promise<boolean> {
  const [, N, r, p, salt = '', expected = ''] = SCRYPT.exec(hash) ?? [];
  if (N === undefined) return same(hashOfToken(secret), hash);
  const given = await derive(secret, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(given, Buffer.from(expected, 'base64url'));
}

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Whoever types an accent on another keyboard means the same password.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { ...cost, maxmem: MOST_MEMORY }, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
