/** `npm run fuzz`: sends generated requests to every route of the cache engine, and checks the answers. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './lib/command.ts';
import { documentFor } from './lib/fuzz/document.ts';
import { HELP, parseFuzzOptions, type FuzzOptions } from './lib/fuzz/options.ts';
import { ensureSchemathesis } from './lib/fuzz/schemathesis.ts';
import { FuzzedEngine, type FuzzTarget } from './lib/fuzz/target.ts';
import { EXIT } from './lib/usage.ts';

/** Names under which the fuzzer's settings find what opens the engine: neither stands in a file or a command line. */
const VARIABLES = { vendorKey: 'WEDSYNC_FUZZ_VENDOR_KEY', adminToken: 'WEDSYNC_FUZZ_ADMIN_TOKEN' } as const;

/**
 * Where valid data may be refused all the same: requests that the cache does not understand, and embeddings, are the origin's to take
 * or not (the built-in assistant, which answers here, refuses most of them), and no schema of a free object says that it has no
 * member named __proto__.
 */
const SETTINGS = `
hooks = "hooks"

[[operations]]
include-operation-id = ["createChatCompletion", "createEmbeddings", "explain"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "400"]

[auth.openapi.vendorKey]
bearer = "\${${VARIABLES.vendorKey}}"

[auth.openapi.adminToken]
bearer = "\${${VARIABLES.adminToken}}"
`;

/** Lets the fuzzer send lines of JSON, a media type that it does not know. */
const HOOKS = `
import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "application/octet-stream")
`;

/** Fuzzes an engine of its own. Gives back whether all checks passed and the engine outlived them. */
async function fuzz(options: FuzzOptions, signal: AbortSignal): Promise<boolean> {
  const command = await ensureSchemathesis(() => process.stderr.write('Installing schemathesis (once) …\n'), signal);
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-fuzz-'));
  const engine = await FuzzedEngine.start();
  try {
    await writeFile(join(folder, 'openapi.json'), await documentFor(engine.target, signal));
    await writeFile(join(folder, 'schemathesis.toml'), SETTINGS);
    await writeFile(join(folder, 'hooks.py'), HOOKS);
    process.stdout.write(`Fuzzing ${engine.target.url}, seed ${options.seed}\n`);
    const passed = await schemathesis(command, folder, engine.target, options, signal);
    if (!engine.running) process.stdout.write('The engine did not outlive the requests.\n');
    return passed && engine.running;
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function schemathesis(
  command: string,
  folder: string,
  { url, vendorKey, adminToken }: FuzzTarget,
  { maxExamples, seed, operation }: FuzzOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const child = spawn(
    command,
    [
      ...['--config-file', 'schemathesis.toml', 'run', 'openapi.json', '--url', url, '--checks', 'all'],
      ...['--mode', 'all', '--max-examples', String(maxExamples), '--seed', String(seed), '--continue-on-failure'],
      ...(operation === undefined ? [] : ['--include-operation-id', operation]),
    ],
    {
      cwd: folder,
      stdio: 'inherit',
      signal,
      env: { ...process.env, [VARIABLES.vendorKey]: vendorKey, [VARIABLES.adminToken]: adminToken },
    },
  );
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  return code === 0;
}

await runCommand(async (signal) => {
  const options = parseFuzzOptions(process.argv.slice(2), Math.floor(Math.random() * 2 ** 31));
  if (options.help) {
    process.stdout.write(HELP);
    return EXIT.ok;
  }
  const passed = await fuzz(options, signal);
  process.stdout.write(
    passed ? 'Passed.\n' : `NOT passed. The same choices again: npm run fuzz -- --seed ${options.seed}\n`,
  );
  return passed ? EXIT.ok : EXIT.failed;
});
