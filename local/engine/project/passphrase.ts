import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { messageOf, UserError } from '../errors.ts';

/** Turns a `secure:` value of a stack file into its plaintext. */
export type Decrypt = (ciphertext: string) => string;

/** Rounds of PBKDF2-SHA256 that Pulumi's passphrase secrets provider uses. */
const ROUNDS = 1_000_000;
const KEY_BYTES = 32;
const TAG_BYTES = 16;

/** What the salt's own check value decrypts to when the passphrase is right. */
const CHECK = 'pulumi';

/**
 * The passphrase from PULUMI_CONFIG_PASSPHRASE or the file named by PULUMI_CONFIG_PASSPHRASE_FILE; undefined if neither
 * is set. An empty passphrase is a passphrase. Throws a UserError if the file can't be read.
 */
export function passphraseFromEnvironment(environment: NodeJS.ProcessEnv): string | undefined {
  const direct = environment['PULUMI_CONFIG_PASSPHRASE'];
  if (direct !== undefined) return direct;
  const file = environment['PULUMI_CONFIG_PASSPHRASE_FILE'];
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UserError(
      `The passphrase file ${file} (PULUMI_CONFIG_PASSPHRASE_FILE) can't be read: ${messageOf(error)}.`,
    );
  }
}

/**
 * Makes the decryptor for a stack's `encryptionsalt`, `v1:<salt>:v1:<nonce>:<check>` with base64 parts.
 * Throws a UserError if the salt is malformed or the passphrase is not the one it was made with.
 */
export function decryptor(salt: string, passphrase: string, file: string): Decrypt {
  const [version, saltBytes, ...check] = salt.split(':');
  if (version !== 'v1' || saltBytes === undefined || check.length !== 3) {
    throw new UserError(`${file}: 'encryptionsalt' is malformed; it must look like v1:<salt>:v1:<nonce>:<check>.`);
  }
  const key = pbkdf2Sync(passphrase, Buffer.from(saltBytes, 'base64'), ROUNDS, KEY_BYTES, 'sha256');
  let right = false;
  try {
    right = open(key, check.join(':')) === CHECK;
  } catch {
    // A wrong key fails the authentication tag, which says nothing to a user.
  }
  if (!right) {
    throw new UserError(
      `Incorrect passphrase for the secrets in ${file}. Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) ` +
        `to the passphrase with which they were encrypted.`,
    );
  }
  return (ciphertext) => open(key, ciphertext);
}

function open(key: Buffer, ciphertext: string): string {
  const [version, nonce, sealed] = ciphertext.split(':');
  if (version !== 'v1' || nonce === undefined || sealed === undefined) {
    throw new UserError('not a v1:<nonce>:<ciphertext> value');
  }
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]).toString();
}
