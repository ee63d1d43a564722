/** `npm start`: runs a region on this machine. */
import { rm } from 'node:fs/promises';
import { UserError } from '../local/engine/index.ts';
import { ensureMonitoring } from '../local/monitoring/programs.ts';
import { ensureRedisServer } from '../local/region/redis-server.ts';
import { LocalRegion } from '../local/region/region.ts';
import { buildAll } from './lib/build.ts';
import { fail } from './lib/command.ts';
import { interruption, Interrupted } from './lib/interruption.ts';
import { ROOT } from './lib/root.ts';
import { runCheck } from './lib/start/check.ts';
import { HELP, ORIGIN_KEY_VARIABLE, parseOptions, type StartOptions } from './lib/start/options.ts';
import { Screen, showStage } from './lib/start/screen.ts';
import { watch } from './lib/start/watch.ts';
import { welcome } from './lib/start/welcome.ts';
import { EXIT } from './lib/usage.ts';

/** Brings the region up and keeps it until the check is done or somebody stops it. Gives back whether all went well. */
async function start(options: StartOptions, screen: Screen, signal: AbortSignal): Promise<boolean> {
  screen.heading(`WedSync ${options.stack} on this machine`);
  const built = await buildAll();
  screen.done('build', built.length === 0 ? 'nothing changed' : built.join(', '));
  const redis = await ensureRedisServer(() => screen.line('  Installing redis-server (once) …'), signal);
  screen.done('redis-server', redis);
  screen.done('prometheus', await monitoringOrWhyNot(screen, signal));
  if (options.check) await rm(options.dataDir, { recursive: true, force: true });

  const region = await LocalRegion.up({
    projectDir: ROOT,
    stack: options.stack,
    dataDir: options.dataDir,
    port: options.port,
    origin:
      options.originUrl === undefined ? undefined : { url: options.originUrl, key: process.env[ORIGIN_KEY_VARIABLE] },
    signal,
    onStage: (stage) => showStage(screen, stage),
  });
  try {
    if (options.check) return await runCheck(region, options, screen, signal);
    await welcome(region, options, screen);
    await watch(region, screen, signal);
    return true;
  } finally {
    screen.line();
    await region.stop();
    screen.line('Stopped; nothing is left running.');
  }
}

/** A region runs without being watched, too. */
async function monitoringOrWhyNot(screen: Screen, signal: AbortSignal): Promise<string> {
  try {
    return await ensureMonitoring((program) => screen.line(`  Installing ${program} (once) …`), signal);
  } catch (error) {
    if (error instanceof UserError) return `left out. ${error.message}`;
    throw error;
  }
}

const screen = new Screen();
const interrupted = interruption();
try {
  const options = parseOptions(process.argv.slice(2), Date.now());
  if (options.help) process.stdout.write(HELP);
  else {
    const passed = await start(options, screen, interrupted.signal);
    // A check leaves its logs behind only where they tell why it failed.
    if (passed && options.check) await rm(options.dataDir, { recursive: true, force: true });
    process.exitCode = passed ? EXIT.ok : EXIT.failed;
  }
} catch (error) {
  if (error instanceof Interrupted) {
    process.exitCode = EXIT.interrupted;
    screen.line('Interrupted; nothing is left running.');
  } else fail(error);
} finally {
  interrupted.end();
}
// All that was started is stopped by now; an idle connection of some client must not keep the terminal waiting.
process.exit();
