import { createInterface } from 'node:readline/promises';
import { join } from 'node:path';
import { LocalWorkspace, PulumiCommand, type Stack } from '@pulumi/pulumi/automation/index.js';
import { isRegionName, REGION_NAMES, type RegionName } from '@wedsync/domain';
import { stackPolicyConfig } from '../../local/engine/index.ts';
import { buildAll } from './build.ts';
import { type CliRun, runCli } from './cli-run.ts';
import { runCommand } from './command.ts';
import { ROOT } from './root.ts';
import { EXIT, parseCommandLine, UsageError } from './usage.ts';

/** A command on one stack that a real Pulumi CLI carries out. */
export interface StackCommand {
  readonly name: string;
  readonly summary: string;
  /** Whether a person must type the stack's name, or give --yes. */
  readonly confirm?: boolean;
  /** Looked at before anything else. @throws when the command must not run now. */
  readonly guard?: (stack: RegionName) => void;
  readonly run: (stack: Stack, context: StackCommandContext) => Promise<void>;
}

export interface StackCommandContext {
  /** The policy pack, and what the stack sets about it, in the words of the Automation API. */
  readonly policies: { readonly policyPacks: string[]; readonly policyPackConfigs?: string[] };
  /** Only shows what would change. */
  readonly dryRun: boolean;
  readonly cli: CliRun;
  /** Aborts at an interruption of any kind: nothing more is to begin. */
  readonly signal: AbortSignal;
}

const NO_CLI =
  'This needs the Pulumi CLI, and there is none on the PATH. Install it (https://www.pulumi.com/docs/install), log in with ' +
  '"pulumi login", then run the same command again. To see what would be deployed without it: npm run preview -- STACK';

/** Runs a stack command from its command line to its exit code. */
export async function runStackCommand(command: StackCommand): Promise<void> {
  await runCommand(async (signal) => {
    const { stack, dryRun, yes, help } = parse(command, process.argv.slice(2));
    if (help) {
      process.stdout.write(helpOf(command));
      return EXIT.ok;
    }
    command.guard?.(stack);
    const pulumi = await PulumiCommand.get().catch(() => {
      throw new UsageError(NO_CLI);
    });
    if (command.confirm && !dryRun && !yes) await confirm(command, stack);
    await buildAll();
    return await runCli(signal, async (cli) => {
      const selected = await LocalWorkspace.createOrSelectStack(
        { stackName: stack, workDir: ROOT },
        { pulumiCommand: pulumi },
      );
      // What was interrupted before the CLI began must not begin: a destroy least of all.
      signal.throwIfAborted();
      await command.run(selected, { policies: policiesOf(stack), dryRun, cli, signal });
    });
  }, 'Interrupted.');
}

function policiesOf(stack: RegionName): StackCommandContext['policies'] {
  const pack = join(ROOT, 'policy-pack');
  const config = stackPolicyConfig(pack, stack);
  return { policyPacks: [pack], ...(config !== undefined && { policyPackConfigs: [config] }) };
}

function helpOf({ name, summary, confirm: asks }: StackCommand): string {
  return [
    summary,
    '',
    `Usage: npm run ${name} -- STACK [OPTION ...]`,
    '',
    `  STACK        ${REGION_NAMES.join(', ')}`,
    '  --dry-run    only show what would change',
    ...(asks ? ['  --yes        do not ask'] : []),
    '  --help       this text',
    '',
    'Needs the Pulumi CLI, logged in to the backend that keeps the stack.',
    'Exit codes: 0 done, 1 failed, 2 wrong usage or no CLI, 130 interrupted.',
    '',
  ].join('\n');
}

function parse(command: StackCommand, args: string[]) {
  const { values, positionals } = parseCommandLine(`npm run ${command.name}`, {
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      'dry-run': { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
    },
  });
  const [stack, ...more] = positionals;
  const help = values.help ?? false;
  if (!help && (stack === undefined || more.length > 0 || !isRegionName(stack))) {
    throw new UsageError(
      `npm run ${command.name} takes one stack: ${REGION_NAMES.join(', ')}. Given: ${positionals.join(' ') || 'none'}.`,
    );
  }
  return { stack: stack as RegionName, dryRun: values['dry-run'] ?? false, yes: values.yes ?? false, help };
}

async function confirm({ name }: StackCommand, stack: RegionName): Promise<void> {
  if (!process.stdin.isTTY)
    throw new UsageError(`npm run ${name} asks first, and nobody is there to answer. Add --yes.`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const typed = await prompt.question(`This will ${name} ${stack}. Type the stack's name to go on: `);
    if (typed.trim() !== stack) throw new UsageError('That is not its name. Nothing was changed.');
  } finally {
    prompt.close();
  }
}
