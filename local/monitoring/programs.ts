import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type DebianProgram, installPackage, missing } from '../region/debian.ts';

const run = promisify(execFile);

/** Each with its checker: promtool comes with Prometheus, amtool with Alertmanager. */
const PROGRAMS: readonly (DebianProgram & { readonly checker: string })[] = [
  {
    program: 'prometheus',
    checker: 'promtool',
    package: 'prometheus',
    need: 'Monitoring needs',
    elsewhere: 'macOS: brew install prometheus',
  },
  {
    program: 'prometheus-alertmanager',
    checker: 'amtool',
    package: 'prometheus-alertmanager',
    need: 'Monitoring needs',
    elsewhere: 'elsewhere: alertmanager from prometheus.io under that name',
  },
];

/**
 * Sees to it that Prometheus and Alertmanager are on the PATH, with their checkers: where they are not, Debian's packages are installed, if
 * this process may. Gives back Prometheus' version.
 *
 * @throws UserError saying what to install and how.
 */
export async function ensureMonitoring(onInstall: (program: string) => void, signal?: AbortSignal): Promise<string> {
  for (const wanted of PROGRAMS) {
    if (await works(wanted)) continue;
    if (process.getuid?.() === 0) onInstall(wanted.program);
    await installPackage(wanted, 'it is not on the PATH', signal);
    if (!(await works(wanted))) throw missing(wanted, 'it is still not on the PATH after the installation');
  }
  const { stdout, stderr } = await run('prometheus', ['--version']);
  return /version (\d\S*)/.exec(stdout + stderr)?.[1] ?? 'of an unknown version';
}

async function works({ program, checker }: (typeof PROGRAMS)[number]): Promise<boolean> {
  try {
    for (const one of [program, checker]) await run(one, ['--version']);
    return true;
  } catch {
    return false;
  }
}
