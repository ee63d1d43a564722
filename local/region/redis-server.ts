import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type DebianProgram, installPackage, missing } from './debian.ts';

const run = promisify(execFile);

/** The oldest Redis whose cluster announces host names and takes ranges of slots. */
const OLDEST = 7;

const REDIS: DebianProgram = {
  program: `redis-server ${OLDEST} or later with redis-cli`,
  package: 'redis-server',
  need: 'The region needs',
  elsewhere: 'macOS: brew install redis',
};

/**
 * The version of the redis-server on the PATH. Where there is none, Debian's package is installed, if this process may.
 *
 * @throws UserError saying what to install and how.
 */
export async function ensureRedisServer(onInstall: () => void, signal?: AbortSignal): Promise<string> {
  const found = await version();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0) onInstall();
  await installPackage(REDIS, 'it is not on the PATH', signal);
  const installed = await version();
  if (installed === undefined) throw missing(REDIS, 'it is still not on the PATH after the installation');
  return installed;
}

async function version(): Promise<string | undefined> {
  let said: string;
  try {
    said = (await run('redis-server', ['--version'])).stdout;
    await run('redis-cli', ['--version']);
  } catch {
    return undefined;
  }
  const [, number, major] = /v=((\d+)\.\S+)/.exec(said) ?? [];
  if (number === undefined || Number(major) < OLDEST)
    throw missing(REDIS, `the one on the PATH is ${number ?? said.trim()}`);
  return number;
}
