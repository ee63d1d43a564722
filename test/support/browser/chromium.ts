import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { type DebianProgram, installPackage, missing } from '../../../local/region/debian.ts';

const run = promisify(execFile);

const CHROMIUM: DebianProgram = {
  program: 'chromium',
  package: 'chromium',
  need: 'The tests of the console need',
  elsewhere: 'elsewhere: any Chromium under that name',
};

/**
 * Debian's Chromium, without a window. Where it is not on the PATH it is installed, if this process may.
 *
 * @throws UserError saying what to install and how.
 */
export async function startChromium(): Promise<Browser> {
  if ((await pathOf()) === undefined) await installPackage(CHROMIUM, 'it is not on the PATH');
  const executablePath = await pathOf();
  if (executablePath === undefined) throw missing(CHROMIUM, 'it is still not on the PATH after the installation');
  // Chromium's sandbox does not run as root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

async function pathOf(): Promise<string | undefined> {
  const found = await run('which', [CHROMIUM.program]).catch(() => undefined);
  return found?.stdout.trim() || undefined;
}
