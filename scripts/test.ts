/** `npm test [-- FILE ... | MOCHA OPTION ...]`: sets up what the tests need, then runs all of them, or those of the files. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureMonitoring } from '../local/monitoring/programs.ts';
import { ensureRedisServer } from '../local/region/redis-server.ts';
import { buildAll } from './lib/build.ts';
import { explain } from './lib/explain.ts';
import { ROOT } from './lib/root.ts';
import { EXIT } from './lib/usage.ts';

const args = process.argv.slice(2);
const files = args.some((arg) => arg.endsWith('.ts')) ? [] : ['test/**/*.test.ts'];

try {
  await buildAll();
  await ensureRedisServer(() => process.stderr.write('Installing redis-server (once) …\n'));
  await ensureMonitoring((program) => process.stderr.write(`Installing ${program} (once) …\n`));
  const mocha = spawn(process.execPath, [join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js'), ...files, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
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
