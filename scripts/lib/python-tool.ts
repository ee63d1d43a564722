import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Says that the folder was filled to the end. */
const STAMP = '.installed';

/** Milliseconds that one installation may take. */
const INSTALL_TIMEOUT = 300_000;

/**
 * A command of the Python package index, at exactly one version, in a virtual environment of its own in the user's cache folder; made
 * when it is missing.
 * @param onInstall called before anything is installed.
 * @throws an Error, meant to be shown, when Python lacks what that needs.
 */
export async function ensurePythonTool(
  name: string,
  version: string,
  onInstall: () => void,
  signal: AbortSignal,
): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'wedsync', `${name}-${version}`);
  const command = join(folder, 'bin', name);
  if (existsSync(join(folder, STAMP))) return command;
  onInstall();
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(cache, 'wedsync'), { recursive: true });
  await run(
    ['python3', '-m', 'venv', folder],
    'python3 with its venv module is needed: install python3 and python3-venv (Debian, Ubuntu), or Python from python.org',
    signal,
  );
  const pip = [join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check'];
  await run(
    [...pip, `${name}==${version}`],
    `${name} ${version} could not be installed from the Python package index`,
    signal,
  );
  writeFileSync(join(folder, STAMP), version);
  return command;
}

/** Runs a command to its end; `otherwise` is what it means when that fails. */
async function run([command = '', ...args]: readonly string[], otherwise: string, signal: AbortSignal): Promise<void> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(INSTALL_TIMEOUT)]);
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], signal: bounded });
  const said = text(child.stderr);
  const code = await once(child, 'close').then(
    ([code]) => code as number | null,
    (error: Error) => error.message,
  );
  signal.throwIfAborted();
  if (code === 0) return;
  const last = typeof code === 'string' ? code : (await said).trim().split('\n').at(-1);
  throw Object.assign(new Error(`${otherwise}. It said: ${last ?? ''}`), { name: 'UserError' });
}
