import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { hasProgram } from '../pods/house/programs.ts';
import { type DebianProgram, installPackage, missing } from '../region/debian.ts';

const run = promisify(execFile);

/** Each with other names by which it does, and with its checker: promtool comes with Prometheus, amtool with Alertmanager. */
const PROGRAMS: readonly (DebianProgram & { readonly checker?: string; readonly or?: string })[] = [
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
  {
    program: 'prometheus-redis-exporter',
    or: 'redis_exporter',
    package: 'prometheus-redis-exporter',
    need: 'Monitoring needs',
    elsewhere: 'elsewhere: redis_exporter from github.com/oliver006/redis_exporter',
  },
];

/**
 * Sees to it that Prometheus, Alertmanager and the exporter of Redis are on the PATH, with their checkers: where they are not, Debian's packages are installed, if
 * this process may. Gives back Prometheus' version.
 *
 * @throws UserError saying what to install and how.
 */
export async function ensureMonitoring(onInstall: (program: string) => void, signal?: AbortSignal): Promise<string> {
  for (const wanted of PROGRAMS) {
    if (works(wanted)) continue;
    if (process.getuid?.() === 0) onInstall(wanted.program);
    await installPackage(wanted, 'it is not on the PATH', signal);
    if (!works(wanted)) throw missing(wanted, 'it is still not on the PATH after the installation');
  }
  const { stdout, stderr } = await run('prometheus', ['--version']);
  return /version (\d\S*)/.exec(stdout + stderr)?.[1] ?? 'of an unknown version';
}

function works({ program, or, checker }: (typeof PROGRAMS)[number]): boolean {
  const needed = checker === undefined ? [] : [checker];
  return (hasProgram(program) || (or !== undefined && hasProgram(or))) && needed.every(hasProgram);
}
