/** `npm run freeze`: when a region is frozen, and the emergency tokens that let one change through. */
import { relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { publicHalf } from '../policy-pack/freeze/keys.ts';
import { PEOPLE_FILE } from '../policy-pack/freeze/people.ts';
import { Repository } from '../policy-pack/freeze/repository.ts';
import { APPROVALS } from '../policy-pack/freeze/verdict.ts';
import { explain } from './lib/explain.ts';
import { makeKeyFile } from './lib/freeze/key-file.ts';
import { type FreezeCommand, HELP, parseCommand, required } from './lib/freeze/options.ts';
import { approve, check, describeRequest, makeRequest, readToken } from './lib/freeze/requests.ts';
import { describeStatus, statusOf } from './lib/freeze/status.ts';
import { EXIT, UsageError } from './lib/usage.ts';

/** What a command prints, and whether it succeeded. */
interface Answer {
  readonly text: string;
  readonly json: unknown;
  readonly ok?: boolean;
}

const COMMANDS: Readonly<Record<string, (command: FreezeCommand) => Answer | Promise<Answer>>> = {
  status: (command) => {
    const statuses = statusOf(command);
    return { json: statuses, text: statuses.map(describeStatus).join('\n') };
  },

  keygen: async ({ options, keyFile }) => {
    const name = required(options.name, 'keygen --name NAME');
    const key = await makeKeyFile(keyFile);
    const entry = { name, added: new Date().toISOString().slice(0, 10), key: publicHalf(key) };
    return {
      json: { file: keyFile, entry },
      text: `The private key is in ${keyFile}; it is ${name}'s alone. Have this entry of "approvers" in ${PEOPLE_FILE} reviewed and merged:\n\n${JSON.stringify(entry)}\n`,
    };
  },

  request: async (command) => {
    const { file, request } = await makeRequest(command);
    const shown = shownFrom(file);
    return {
      json: { file, request },
      text:
        `The request is in ${shown}. ${APPROVALS} others have to approve it by ${request.expiresAt}:\n` +
        `npm run freeze -- approve ${shown}\n`,
    };
  },

  approve: async (command) => {
    const { request, token } = readToken(command, 'approve TOKEN');
    if (!command.options.yes)
      await confirm(describeRequest(request, new Repository(command.repository)), request.stack);
    const { file, approvers } = await approve(command, token);
    const missing = APPROVALS - approvers.length;
    const next =
      missing > 0
        ? `${missing} more has to approve it.`
        : `It goes with one update: WEDSYNC_FREEZE_TOKEN=${shownFrom(file)} npm run up -- ${request.stack}`;
    return { json: { file, request, approvers }, text: `Approved by ${approvers.join(' and ')}. ${next}\n` };
  },

  check: async (command) => {
    const { file, request, verdict } = await check(command);
    return {
      json: { file, request, verdict },
      ok: verdict.accepted,
      text: verdict.accepted
        ? `It holds for ${request.stack} until ${request.expiresAt}, approved by ${verdict.approvers.join(' and ')}.\n`
        : `It does not hold. ${verdict.problem} ${verdict.fix}\n`,
    };
  },
};

async function run(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  if (command.options.help) {
    process.stdout.write(HELP);
    return;
  }
  const work = COMMANDS[command.name ?? ''];
  if (work === undefined) {
    const given = command.name === undefined ? 'The command is missing' : `The command is "${command.name}"`;
    throw new UsageError(`${given}. Allowed: ${Object.keys(COMMANDS).join(', ')}. See: npm run freeze -- --help`);
  }
  const { text, json, ok = true } = await work(command);
  process.stdout.write(command.options.json ? `${JSON.stringify(json)}\n` : text);
  if (!ok) process.exitCode = EXIT.failed;
}

async function confirm(what: string, stack: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new UsageError('npm run freeze -- approve asks first, and nobody is there to answer. Add --yes.');
  process.stderr.write(what);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const typed = await prompt.question(`Type the stack's name to approve: `);
    if (typed.trim() !== stack) throw new UsageError('That is not its name. Nothing was approved.');
  } finally {
    prompt.close();
  }
}

/** A path as a person would type it. */
function shownFrom(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
}
