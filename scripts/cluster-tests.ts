/** `npm run test:cluster`: brings a real control plane's programs, then runs the suites of test/cluster against them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from './lib/build.ts';
import { ensureCheckov } from './lib/cluster-tests/checkov.ts';
import { ensureDefinitions } from './lib/cluster-tests/definitions.ts';
import { ensurePrograms } from './lib/cluster-tests/ensure-programs.ts';
import { type ClusterTestOptions, HELP, parseClusterTestOptions } from './lib/cluster-tests/options.ts';
import { runCommand } from './lib/command.ts';
import { ROOT } from './lib/root.ts';
import { EXIT } from './lib/usage.ts';

/** Named apart from `*.test.ts`, so that `npm test` needs none of this. */
const SUITES = 'test/cluster/suites/**/*.suite.ts';
/** For a test or a hook; the slowest waits for 200 Pods. */
const TIMEOUT_MS = 180_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

async function testCluster({ stacks, grep }: ClusterTestOptions, signal: AbortSignal): Promise<number> {
  await buildAll();
  const programs = await ensurePrograms(say, signal);
  const definitions = await ensureDefinitions(say, signal);
  const checkov = await ensureCheckov(() => say('Installing checkov (once; about a minute) …'), signal);
  // What a run leaves that was cut off, keys of a cluster among it, goes with the folder.
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-cluster-tests-'));
  try {
    const environment = {
      ...process.env,
      TMPDIR: folder,
      WEDSYNC_CLUSTER_PROGRAMS: JSON.stringify({ ...programs, checkov }),
      WEDSYNC_CLUSTER_DEFINITIONS: definitions,
      WEDSYNC_CLUSTER_STACKS: stacks.join(','),
    };
    return await runSuites(environment, grep, signal);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function runSuites(env: NodeJS.ProcessEnv, grep: string | undefined, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  const mocha = spawn(
    process.execPath,
    [
      ...[join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js'), SUITES],
      ...['--reporter', 'spec', '--timeout', String(TIMEOUT_MS), ...(grep === undefined ? [] : ['--fgrep', grep])],
    ],
    { cwd: ROOT, stdio: 'inherit', env },
  );
  // Ctrl-C in a terminal reaches mocha by itself; it then stops what it started.
  signal.addEventListener('abort', () => mocha.kill('SIGINT'), { once: true });
  const [code] = (await once(mocha, 'exit')) as [number | null];
  signal.throwIfAborted();
  say(`Took ${Math.round((performance.now() - started) / 1000)} s.`);
  return code === 0 ? EXIT.ok : EXIT.failed;
}

await runCommand(async (signal) => {
  const options = parseClusterTestOptions(process.argv.slice(2));
  if (!options.help) return testCluster(options, signal);
  process.stdout.write(HELP);
  return EXIT.ok;
}, 'Interrupted; the control plane ends with its tests, within seconds.');
