/** `npm run drill`: breaks a region on this machine and watches which alerts come and go. */
import { rm } from 'node:fs/promises';
import { ensureMonitoring } from '../local/monitoring/programs.ts';
import { demoVendor } from '../local/region/demo-vendor.ts';
import { drill, type FaultResult } from '../local/region/drill/drill.ts';
import { steadyLoad } from '../local/region/drill/load.ts';
import { DrillOrigin } from '../local/region/drill/origin.ts';
import { ensureRedisServer } from '../local/region/redis-server.ts';
import { LocalRegion } from '../local/region/region.ts';
import { buildAll } from './lib/build.ts';
import { runCommand } from './lib/command.ts';
import { type DrillCommand, HELP, parseOptions } from './lib/drill/options.ts';
import { ROOT } from './lib/root.ts';
import { Screen, showStage } from './lib/start/screen.ts';
import { EXIT } from './lib/usage.ts';

await runCommand(async (signal) => {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return EXIT.ok;
  }
  const screen = new Screen(options.json ? process.stderr : process.stdout);
  const results = await run(options, screen, signal);
  if (options.json) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
  else report(results, screen);
  return results.every(asMeant) ? EXIT.ok : EXIT.failed;
});

async function run({ stack, dataDir }: DrillCommand, screen: Screen, signal: AbortSignal): Promise<FaultResult[]> {
  screen.heading(`WedSync ${stack}: a drill on this machine`);
  await buildAll();
  await ensureRedisServer(() => screen.line('  Installing redis-server (once) …'), signal);
  await ensureMonitoring((program) => screen.line(`  Installing ${program} (once) …`), signal);
  await rm(dataDir, { recursive: true, force: true });
  const origin = new DrillOrigin();
  await origin.start();
  const loading = new AbortController();
  let region: LocalRegion | undefined;
  let load: Promise<void> | undefined;
  try {
    region = await LocalRegion.up({
      ...{ projectDir: ROOT, stack, dataDir, port: 0, signal },
      origin: { url: origin.url, key: undefined },
      onStage: (stage) => showStage(screen, stage),
    });
    const prometheusUrl = region.monitoring?.prometheusUrl;
    if (prometheusUrl === undefined) throw new Error('Prometheus does not run, so there is nothing to watch.');
    const { apiKey } = await demoVendor(region.url, region.adminToken, dataDir);
    load = steadyLoad({ baseUrl: `${region.url}/v1`, apiKey, signal: loading.signal });
    return await drill({ region, prometheusUrl, origin, signal, onNews: (text) => screen.line(`  ${text}`) });
  } finally {
    loading.abort();
    await load;
    await region?.stop();
    await origin.stop();
  }
}

function asMeant({ raisedSeconds, clearedSeconds, unexpected, missing }: FaultResult): boolean {
  return raisedSeconds !== undefined && clearedSeconds !== undefined && unexpected.length === 0 && missing.length === 0;
}

function report(results: readonly FaultResult[], screen: Screen): void {
  const seconds = (value: number | undefined) => (value === undefined ? 'never' : `${value} s`);
  screen.line();
  screen.table(
    [
      ['fault', 'alerts', 'all after', 'clear after', 'as meant'],
      ...results.map((result) => [
        result.fault,
        result.fired.join(', ') || 'none',
        seconds(result.raisedSeconds),
        seconds(result.clearedSeconds),
        asMeant(result) ? 'yes' : `NO: ${[...result.unexpected, ...result.missing].join(', ') || 'too late'}`,
      ]),
    ],
    'left',
  );
}
