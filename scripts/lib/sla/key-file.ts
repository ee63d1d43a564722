import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  generateKey,
  parsePrivateKey,
  parsePublicKey,
  type PrivateKey,
  publicHalf,
  type PublicKey,
  SlaError,
} from '@wedsync/sla-report';

/** The file of the public half, beside the private one's. */
export function publicFileOf(file: string): string {
  return `${file.replace(/\.json$/, '')}.public.json`;
}

/** Makes a key that only its owner can read, and its public half beside it; never in the place of another. */
export async function makeKeyFiles(file: string): Promise<PrivateKey> {
  const beside = publicFileOf(file);
  const taken = [file, beside].find((path) => existsSync(path));
  if (taken !== undefined)
    throw new SlaError(
      `${taken} is there already: reports that it signed would lose their key. Name another with --key.`,
    );
  const key = await generateKey();
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${JSON.stringify(key)}\n`, { mode: 0o600, flag: 'wx' });
    writeFileSync(beside, `${JSON.stringify(publicHalf(key))}\n`, { flag: 'wx' });
  } catch (error) {
    throw new SlaError(`The key cannot be written to ${file}: ${(error as Error).message}`, { cause: error });
  }
  return key;
}

/** @throws SlaError naming the file, and what is wrong with it. */
export function readKeyFile(file: string): PrivateKey {
  const text = read(file, 'Make one with npm run sla -- keys, or name it with --key.');
  // What others can read may sign in the region's name.
  if ((statSync(file).mode & 0o077) !== 0)
    throw new SlaError(
      `The key ${file} can be read by others. Allowed: chmod 600, and if others did read it, a new one.`,
    );
  return parsePrivateKey(text, file);
}

/** @throws SlaError naming the file, and what is wrong with it. */
export function readPublicKeyFile(file: string): PublicKey {
  return parsePublicKey(read(file, 'npm run sla -- keys writes it beside the private one.'), file);
}

function read(file: string, advice: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SlaError(`The key ${file} cannot be read: ${(error as Error).message}. ${advice}`, { cause: error });
  }
}
