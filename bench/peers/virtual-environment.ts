import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from '../lib/bench.ts';

const run = promisify(execFile);

/** Says that an installation went through to its end. */
const STAMP = '.complete';
const MINUTES = 60_000;
const INSTALL_WITHIN = 15 * MINUTES;
/** What pip says is more than Node's default takes. */
const MOST_OUTPUT = 64 * 1024 ** 2;

/** Where the peers' Python packages are kept from one run to the next: in the user's cache folder. */
function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'wedsync-bench');
}

/**
 * The `bin` folder of a virtual environment with these packages, each with its version; made when it is missing.
 *
 * @throws Error with what Python or pip said.
 */
export async function virtualEnvironment(
  name: string,
  packages: readonly string[],
  { progress, signal }: Context,
): Promise<string> {
  const folder = join(cacheFolder(), name);
  const bin = join(folder, 'bin');
  if (existsSync(join(folder, STAMP))) return bin;
  progress(`installing ${packages.join(', ')} into ${folder} (once; a few minutes)`);
  mkdirSync(cacheFolder(), { recursive: true });
  const options = { signal, timeout: INSTALL_WITHIN, maxBuffer: MOST_OUTPUT };
  try {
    await rm(folder, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', folder], options);
    await run(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages], options);
  } catch (error) {
    signal.throwIfAborted();
    const said = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw new Error(`${packages.join(', ')} could not be installed with python3 (3.10 or later) and pip:\n${said}`, {
      cause: error,
    });
  }
  writeFileSync(join(folder, STAMP), `${packages.join('\n')}\n`);
  return bin;
}
