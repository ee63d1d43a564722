import { resolve } from 'node:path';
import { isRegionName, parseInstant, REGION_NAMES, regionIdentity, type RegionName } from '@wedsync/domain';
import { LONGEST_VALIDITY } from '../../../policy-pack/freeze/request.ts';
import { APPROVALS } from '../../../policy-pack/freeze/verdict.ts';
import { ROOT } from '../root.ts';
import { parseCommandLine, UsageError } from '../usage.ts';
import { DEFAULT_KEY_FILE } from './key-file.ts';

const LONGEST_MINUTES = LONGEST_VALIDITY / 60_000;
const MOST_FREEZES = 60;

export const HELP = `Says when a region is frozen, and lets one emergency change through a freeze by a signed token.

Usage: npm run freeze -- status [STACK]
       npm run freeze -- keygen --name NAME
       npm run freeze -- request STACK --reason TEXT
       npm run freeze -- approve TOKEN
       npm run freeze -- check TOKEN

  status           whether the stack (default: each) is frozen, until when, and the next freezes
  keygen           makes a person's key and prints its public half for config/approvers.json
  request          asks for a change to the stack, by the commit that is checked out; makes the token's file
  approve          signs another person's request; ${APPROVALS} people have to
  check            whether the token would be accepted, and if not, why; uses nothing up

  --at INSTANT     status: as of another time: 2026-04-17T18:00 by the region's clock, or with an offset
  --next N         status: how many of the next freezes (default 4)
  --policy-pack-config FILE
                   status: the pack's settings (default policy-pack/stacks/STACK.json, if that is there)
  --name NAME      keygen: whose key it is
  --reason TEXT    request: why it cannot wait
  --minutes N      request: for how long it holds, ${LONGEST_MINUTES} at most (default ${LONGEST_MINUTES})
  --key FILE       the private key (default ${DEFAULT_KEY_FILE.shown})
  --out FILE       request: where the token goes (default .wedsync/freeze/ID.json)
  --yes            approve: do not ask
  --repository DIR the clone from which is deployed (default this one)
  --json           print JSON
  --help           this text

A complete token goes with one update: WEDSYNC_FREEZE_TOKEN=FILE npm run up -- STACK
Exit codes: 0 done, 1 failed or refused, 2 wrong usage.
`;

export type FreezeOptions = ReturnType<typeof parse>['values'];

/** A command line as it is meant. */
export interface FreezeCommand {
  readonly name: string | undefined;
  readonly subject: string | undefined;
  readonly options: FreezeOptions;
  readonly repository: string;
  readonly keyFile: string;
}

/** @throws UsageError naming what is not understood. */
export function parseCommand(args: readonly string[]): FreezeCommand {
  const { values, positionals } = parse(args);
  const [name, subject, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`"${more.join(' ')}" is too much. See: npm run freeze -- --help`);
  return {
    name,
    subject,
    options: values,
    repository: resolve(values.repository ?? ROOT),
    keyFile: resolve(values.key ?? DEFAULT_KEY_FILE.path),
  };
}

function parse(args: readonly string[]) {
  return parseCommandLine('npm run freeze', {
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      at: { type: 'string' },
      next: { type: 'string', default: '4' },
      'policy-pack-config': { type: 'string' },
      name: { type: 'string' },
      reason: { type: 'string' },
      minutes: { type: 'string', default: String(LONGEST_MINUTES) },
      key: { type: 'string' },
      out: { type: 'string' },
      yes: { type: 'boolean', short: 'y' },
      repository: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
}

/** The value of an option or argument that a command needs. */
export function required(value: string | undefined, form: string): string {
  if (value?.trim()) return value.trim();
  throw new UsageError(`Too little was given. Allowed: npm run freeze -- ${form}`);
}

export function stackNamed(name: string): RegionName {
  if (isRegionName(name)) return name;
  throw new UsageError(`There is no stack "${name}". Allowed: ${REGION_NAMES.join(', ')}.`);
}

/** The instant of `--at`, in milliseconds since the Unix epoch; the present one if it is not given. */
export function instantOf(text: string | undefined, stack: RegionName): number {
  if (text === undefined) return Date.now();
  const { zone } = regionIdentity(stack);
  const found = parseInstant(text, zone);
  if (found !== undefined) return found;
  throw new UsageError(
    `--at is "${text}". Allowed: a date and time in ISO 8601, such as 2026-04-17T18:00 (${zone}) or 2026-04-17T18:00+01:00.`,
  );
}

export function minutes(text: string): number {
  return wholeNumber('--minutes', text, 1, LONGEST_MINUTES);
}

export function freezeCount(text: string): number {
  return wholeNumber('--next', text, 0, MOST_FREEZES);
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new UsageError(`${option} is "${text}". Allowed: a whole number from ${least} to ${most}.`);
}
