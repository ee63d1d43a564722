import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../engine/index.ts';

const run = promisify(execFile);
const MINUTES = 60_000;

/** A program that Debian has a package of. */
export interface DebianProgram {
  /** As it is called on the PATH. */
  readonly program: string;
  readonly package: string;
  /** What it is needed for, as a sentence begins: `The region needs`. */
  readonly need: string;
  /** How a machine that is not Debian's gets it, after `Install it`. */
  readonly elsewhere: string;
}

/**
 * Installs a package of Debian's, if this process may.
 *
 * @throws UserError saying what to install and how.
 */
export async function installPackage(wanted: DebianProgram, why: string, signal?: AbortSignal): Promise<void> {
  if (process.getuid?.() !== 0) throw missing(wanted, `${why}, and only root can install it`);
  try {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env: environment, timeout: 5 * MINUTES, ...(signal && { signal }) };
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', wanted.package], options);
  } catch (error) {
    signal?.throwIfAborted();
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw missing(wanted, `installing it failed (${said || (error as Error).message})`);
  }
}

/** The error that says what to install, and how. */
export function missing({ program, package: name, need, elsewhere }: DebianProgram, why: string): UserError {
  return new UserError(
    `${need} ${program}; ${why}. Install it (Debian, Ubuntu: sudo apt-get install ${name}; ${elsewhere}), then start again.`,
  );
}
