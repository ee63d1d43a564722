/** `npm test [-- FILE ... | MOCHA OPTION ...]`: sets up what the tests need, then runs all of them, or those of the files. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ensureMonitoring } from '../local/monitoring/programs.ts';
import { ensureRedisServer } from '../local/region/redis-server.ts';
import { buildAll } from './lib/build.ts';
import { explain } from './lib/explain.ts';
import { ROOT } from './lib/root.ts';
import { EXIT } from './lib/usage.ts';

/** Many tests wait more than they work. Each job takes one file after another. */
const JOBS = 2;

/** What takes longest begins first, so that no job is left alone with it at the end. */
const LONGEST = [
  'start',
  'components/redis',
  'services/cache-engine/process.test.ts',
  'services/cache-engine/adapters/redis-*.test.ts',
  'services/console',
  'local/engine',
  'scripts',
  'services/sla-report',
  'components/monitoring',
];

const args = process.argv.slice(2);
const files = args.some((arg) => arg.endsWith('.ts')) ? [] : ['--parallel', `--jobs=${JOBS}`, ...allFiles()];

try {
  await buildAll();
  await ensureRedisServer(() => process.stderr.write('Installing redis-server (once) …\n'));
  await ensureMonitoring((program) => process.stderr.write(`Installing ${program} (once) …\n`));
  const mocha = spawn(process.execPath, [join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js'), ...files, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    // The tests start many short-lived processes, most of them with the same modules.
    env: { NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'node'), ...process.env },
  });
  // Ctrl-C reaches mocha by itself.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => mocha.kill('SIGTERM'));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    mocha.once('error', reject).once('exit', (code) => resolve(code ?? EXIT.failed));
  });
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = EXIT.failed;
}

function allFiles(): Set<string> {
  const patterns = LONGEST.map((path) => (path.endsWith('.ts') ? `test/${path}` : `test/${path}/**/*.test.ts`));
  return new Set([...patterns, 'test/**/*.test.ts'].flatMap((pattern) => globSync(pattern, { cwd: ROOT }).sort()));
}
