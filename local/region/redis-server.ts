import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../engine/index.ts';

const run = promisify(execFile);

/** The oldest Redis whose cluster announces host names and takes ranges of slots. */
const OLDEST = 7;
const MINUTES = 60_000;

/**
 * The version of the redis-server on the PATH. Where there is none, Debian's package is installed, if this process may.
 *
 * @throws UserError saying what to install and how.
 */
export async function ensureRedisServer(onInstall: () => void, signal?: AbortSignal): Promise<string> {
  const found = await version();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0) throw missing('it is not on the PATH, and only root can install it');
  onInstall();
  try {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env: environment, timeout: 5 * MINUTES, ...(signal && { signal }) };
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], options);
  } catch (error) {
    signal?.throwIfAborted();
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw missing(`installing it failed (${said || (error as Error).message})`);
  }
  const installed = await version();
  if (installed === undefined) throw missing('it is still not on the PATH after the installation');
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
  if (number === undefined || Number(major) < OLDEST) throw missing(`the one on the PATH is ${number ?? said.trim()}`);
  return number;
}

function missing(why: string): UserError {
  return new UserError(
    `The region needs redis-server ${OLDEST} or later with redis-cli; ${why}. ` +
      'Install it (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis), then start again.',
  );
}
