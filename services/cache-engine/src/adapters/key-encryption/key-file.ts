const KEY_BYTES = 32;
const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const FORM = 'a line must be a name, a space and 32 bytes in base64';
/** How a person makes a line. */
const RECIPE = 'make one with: echo "$(date +%Y-%m) $(openssl rand -base64 32)"';

/** A file of key-encryption keys that cannot be used. It says where and why, and quotes no key. */
export class KeyFileError extends Error {
  constructor(file: string, why: string) {
    super(`${file}: ${why}.`);
    this.name = 'KeyFileError';
  }
}

/**
 * Reads key-encryption keys, the newest first, one a line: a name (lower-case letters, digits, dots, dashes, underscores),
 * white space, 32 bytes in base64. Empty lines and lines from `#` on are skipped. Throws a KeyFileError.
 */
export function parseKeyFile(text: string, file: string): ReadonlyMap<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const fail = (why: string) => new KeyFileError(file, `line ${index + 1} ${why}`);
    const [name, encoded, ...more] = line.trim().split(/\s+/);
    if (name === undefined || encoded === undefined || more.length > 0) throw fail(`is malformed: ${FORM}`);
    if (!NAME.test(name)) throw fail('has a name with other characters than a-z, 0-9, dots, dashes and underscores');
    const key = Buffer.from(encoded, 'base64');
    // Decoding skips what is no base64; only encoding again shows that nothing was skipped.
    if (key.toString('base64') !== encoded) throw fail('has a key that is not base64');
    if (key.length !== KEY_BYTES) throw fail(`has a key of ${key.length} bytes: it must have ${KEY_BYTES}`);
    if (keys.has(name)) throw fail(`repeats the name "${name}": records would open with the wrong key`);
    if ([...keys.values()].some((other) => other.equals(key))) throw fail('repeats the key of another line');
    keys.set(name, key);
  }
  if (keys.size === 0) throw new KeyFileError(file, `it holds no key; ${RECIPE}`);
  return keys;
}
