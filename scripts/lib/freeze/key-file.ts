import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { FreezeError } from '../../../policy-pack/freeze/freeze-error.ts';
import { generatePrivateKey, parsePrivateKey, type PrivateKey } from '../../../policy-pack/freeze/keys.ts';

/** Where a person's private key lies unless it is said otherwise. */
export const DEFAULT_KEY_FILE = {
  path: join(homedir(), '.config', 'wedsync', 'freeze-key.json'),
  shown: '~/.config/wedsync/freeze-key.json',
} as const;

/** Makes a key that only its owner can read, and never in the place of another. */
export async function makeKeyFile(file: string): Promise<PrivateKey> {
  const key = await generatePrivateKey();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${JSON.stringify(key)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new FreezeError(`The key cannot be written to ${file}: ${(error as Error).message}`, { cause: error });
  }
  return key;
}

/** @throws FreezeError naming the file, and what is wrong with it. */
export function readKeyFile(file: string): PrivateKey {
  let text: string;
  try {
    // A key that others can read may sign for others.
    if ((statSync(file).mode & 0o077) !== 0)
      throw new FreezeError(
        `The key ${file} can be read by others. Allowed: chmod 600, and if others did read it, a new one.`,
      );
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof FreezeError) throw error;
    throw new FreezeError(
      `The key ${file} cannot be read: ${(error as Error).message}. Make one with npm run freeze -- keygen, or name it with --key.`,
      { cause: error },
    );
  }
  return parsePrivateKey(text, file);
}
