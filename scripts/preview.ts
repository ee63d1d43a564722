/** `npm run preview -- STACK`: what an update would create, and whether the policies allow it. */
import { join } from 'node:path';
import { memoryStateStore, run, type RunResult, stackPolicyConfig } from '../local/engine/index.ts';
import { describeInstant, regionIdentity } from '@wedsync/domain';
import { buildAll } from './lib/build.ts';
import { runCommand } from './lib/command.ts';
import { asJson } from './lib/preview/json.ts';
import { writeManifests } from './lib/preview/manifests.ts';
import { HELP, parseOptions, type PreviewOptions } from './lib/preview/options.ts';
import { paintFor, type Paint } from './lib/preview/paint.ts';
import { drawDiagnostics, drawOutputs, drawPolicies, drawSummary } from './lib/preview/report.ts';
import { drawTree } from './lib/preview/tree.ts';
import { ROOT } from './lib/root.ts';
import { EXIT } from './lib/usage.ts';

async function preview(options: PreviewOptions, signal: AbortSignal): Promise<number> {
  const { stack, platform, json, manifests, at } = options;
  const policyPack = join(ROOT, 'policy-pack');
  const paint = paintFor(process.stdout);
  await buildAll();
  if (!json)
    print([
      `${paint('bold', `Preview of ${stack}`)}${platform === undefined ? '' : ` on ${platform}`}${at === undefined ? '' : ` as of ${when(options, at)}`}`,
      '',
    ]);
  const start = performance.now();
  const result = await run({
    mode: 'preview',
    projectDir: ROOT,
    stack,
    policyPacks: [{ dir: policyPack, configFile: options.policyConfig ?? stackPolicyConfig(policyPack, stack) }],
    // Another platform lies in a place of its own, and its people have other names.
    ...(platform && {
      config: {
        'wedsync:platform': platform,
        'wedsync:location': '',
        'wedsync:zones': '0',
        'wedsync:clusterAdmins': '[]',
      },
    }),
    environment: at === undefined ? {} : { WEDSYNC_AT: new Date(at).toISOString() },
    state: memoryStateStore(),
    signal,
    onEvent: (event) => {
      if (event.kind === 'output') process.stderr.write(`${event.line}\n`);
    },
  });
  const milliseconds = performance.now() - start;
  if (json) {
    process.stdout.write(asJson(result));
    process.stderr.write(lines(drawDiagnostics(result.diagnostics, paintFor(process.stderr))));
  } else show(result, milliseconds, paint);
  if (manifests !== undefined) {
    const count = await writeManifests(result, manifests);
    if (!json) print([`${count} manifests are in ${manifests}.`]);
  }
  return result.ok ? EXIT.ok : EXIT.failed;
}

function when({ stack }: PreviewOptions, at: number): string {
  return describeInstant(at, regionIdentity(stack).zone);
}

function show(result: RunResult, milliseconds: number, paint: Paint): void {
  const blocks = [
    drawTree(result.resources, paint),
    drawPolicies(result, paint),
    drawOutputs(result, paint),
    drawDiagnostics(result.diagnostics, paint),
    drawSummary(result, milliseconds, paint),
  ];
  print(blocks.flatMap((block) => (block.length === 0 ? [] : [...block, ''])).slice(0, -1));
}

function lines(text: readonly string[]): string {
  return text.map((line) => `${line}\n`).join('');
}

function print(text: readonly string[]): void {
  process.stdout.write(lines(text));
}

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
await runCommand(async (signal) => {
  const options = parseOptions(process.argv.slice(2));
  if (!options.help) return preview(options, signal);
  process.stdout.write(HELP);
  return EXIT.ok;
});
