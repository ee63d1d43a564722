/**
 * Makes a fresh clone ready and hands over: `node scripts/setup.mjs SCRIPT [ARGUMENT ...]`.
 *
 * Runs on whatever Node the machine has, installs the locked dependencies when they are missing or not those of the lock file,
 * then runs SCRIPT with the Node that the lock file pins. Plain JavaScript: it is here before any dependency is.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.wedsync-lock-hash');
const lock = join(root, '.wedsync', 'setup.lock');

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(join(bin, 'node'));

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Whether a process with this id runs. */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the lock, so that two commands on a fresh clone do not install over each other; waits for the other one. */
async function locked(work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = join(lock, 'pid');
      const pid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : 0;
      const abandoned = pid ? !alive(pid) : Date.now() - statSync(lock).mtimeMs > 10_000;
      if (abandoned) rmSync(lock, { recursive: true, force: true });
      else if (!told)
        process.stderr.write(`Another command is installing the dependencies (pid ${pid}); waiting for it.\n`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function install() {
  if (installed()) return;
  process.stderr.write('Installing the dependencies of the lock file (once; about a minute) …\n');
  const started = Date.now();
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    // The runtime of the embedding model would fetch what only graphics cards need, from another place than the registry.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (npm.signal) process.exit(128 + constants.signals[npm.signal]);
  if (npm.status !== 0) {
    fail(
      `npm ci failed, so nothing was started. npm says:\n${(npm.stderr || String(npm.error)).trim()}\n` +
        'Check that this machine reaches the npm registry, then run the same command again.',
    );
  }
  writeFileSync(stamp, wanted);
  process.stderr.write(`Dependencies installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

const [script, ...args] = process.argv.slice(2);
if (!script) fail('Usage: node scripts/setup.mjs SCRIPT [ARGUMENT ...]');
if (!installed()) await locked(install);

const child = spawn(join(bin, 'node'), [join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
});
// Ctrl-C reaches the child by itself; a signal sent to this process alone must be passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => {});
child.on('error', (error) => fail(`Cannot run ${script}: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
