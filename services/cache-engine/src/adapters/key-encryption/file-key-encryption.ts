import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { KeyEncryption } from '../../ports/data-keys.ts';
import { parseKeyFile } from './key-file.ts';

/** First byte of a wrapped key, raised when its form changes. */
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';
const OPTIONS = { authTagLength: TAG_BYTES };

/**
 * Key-encryption keys out of a secret file: the first one wraps, all of them unwrap. A wrapped key is
 * `version (1) │ IV (12) │ tag (16) │ ciphertext`, AES-256-GCM, bound to the name of the key-encryption key and the partition.
 */
export class FileKeyEncryption implements KeyEncryption {
  readonly name: string;
  readonly #keys: ReadonlyMap<string, KeyObject>;

  private constructor(keys: ReadonlyMap<string, Buffer>) {
    const [name = ''] = keys.keys();
    this.name = name;
    this.#keys = new Map([...keys].map(([each, key]) => [each, createSecretKey(key)]));
  }

  /** Reads the file at `path`; its form is that of parseKeyFile. Rejects with a KeyFileError, or as reading a file does. */
  static async read(path: string): Promise<FileKeyEncryption> {
    return FileKeyEncryption.parse(await readFile(path, 'utf8'), path);
  }

  /** The keys in a text of that form; `file` names it in errors. Throws a KeyFileError. */
  static parse(text: string, file: string): FileKeyEncryption {
    return new FileKeyEncryption(parseKeyFile(text, file));
  }

  async wrap(key: Buffer, partition: string): Promise<Buffer> {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#keyNamed(this.name), iv, OPTIONS);
    cipher.setAAD(additionalData(this.name, partition));
    const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), wrapped]);
  }

  async unwrap(wrapped: Buffer, wrappedBy: string, partition: string): Promise<Buffer> {
    if (wrapped[0] !== VERSION || wrapped.length <= 1 + IV_BYTES + TAG_BYTES)
      throw new Error('This is no wrapped key.');
    const bodyAt = 1 + IV_BYTES + TAG_BYTES;
    const iv = wrapped.subarray(1, 1 + IV_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.#keyNamed(wrappedBy), iv, OPTIONS);
    decipher.setAuthTag(wrapped.subarray(1 + IV_BYTES, bodyAt));
    decipher.setAAD(additionalData(wrappedBy, partition));
    return Buffer.concat([decipher.update(wrapped.subarray(bodyAt)), decipher.final()]);
  }

  #keyNamed(name: string): KeyObject {
    const key = this.#keys.get(name);
    if (key === undefined) {
      throw new Error(`The key-encryption key "${name}" is not in the file: put it back there, below the newer ones.`);
    }
    return key;
  }
}

function additionalData(name: string, partition: string): Buffer {
  return Buffer.from(JSON.stringify(['data key', name, partition]));
}
