import path from 'node:path';
import {
  memoryStateStore,
  run,
  UNKNOWN,
  type PolicyConfig,
  type ResourceProvider,
  type RunOptions,
  type RunResult,
} from '../../../../local/engine/index.ts';

export const FIXTURES = path.resolve(import.meta.dirname, '../fixtures');
export const PASSPHRASE = 'correct horse';

/** One level and one property differ from what the pack says of itself. */
export const POLICY_CONFIG: PolicyConfig = { 'protected-share': { most: 2 }, 'size-limit': 'advisory' };

/** Takes what it is given, as the plugin in fixtures/plugin does for the CLI. */
export const echo: ResourceProvider = {
  check: ({ inputs }) => inputs,
  preview: ({ inputs }) => ({ id: '', outputs: { ...inputs, made: UNKNOWN, result: UNKNOWN, status: UNKNOWN } }),
  create: async ({ name, inputs }) => ({
    id: `id-${name}`,
    outputs: { ...inputs, made: `made-${name}`, result: `result-${name}`, status: { ready: true } },
  }),
  invoke: async (_token, args) => ({ greeting: `hello ${String(args['name'])}`, polite: args['polite'] }),
};

/** Runs the fixture's stack `full` after the stack `base`, to whose outputs it refers. */
export async function runEverything(
  mode: RunOptions['mode'],
  providers: Readonly<Record<string, ResourceProvider>> = { echo },
): Promise<RunResult> {
  const options = {
    projectDir: path.join(FIXTURES, 'everything'),
    passphrase: () => PASSPHRASE,
    state: memoryStateStore(),
    providers,
  };
  const base = await run({ ...options, mode: 'update', stack: 'base', policyPacks: [] });
  if (!base.ok) throw new Error(`The stack 'base' failed: ${JSON.stringify(base.diagnostics)}`);
  const policyPacks = [{ dir: path.join(FIXTURES, 'pack'), config: POLICY_CONFIG }];
  return run({ ...options, mode, stack: 'full', policyPacks });
}
