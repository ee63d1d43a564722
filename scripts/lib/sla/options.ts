import { join } from 'node:path';
import { homedir } from 'node:os';
import { isRegionName, REGION_NAMES, type RegionName } from '@wedsync/domain';
import { ended, monthPeriod, type Period, saturdayPeriod, SlaError } from '@wedsync/sla-report';
import { type PrometheusAddress, prometheusAddress, prometheusHelp } from '../prometheus.ts';
import { pathOf } from '../path-of.ts';
import { parseCommandLine, UsageError } from '../usage.ts';

const COMMANDS = ['report', 'verify', 'keys'] as const;
export type SlaCommandName = (typeof COMMANDS)[number];

/** Where the key that signs lies unless it is said otherwise. */
const DEFAULT_KEY_FILE = {
  path: join(homedir(), '.config', 'wedsync', 'sla-key.json'),
  shown: '~/.config/wedsync/sla-key.json',
} as const;

export const HELP = `Reports how a region kept its promises in a month or on a Saturday: JSON, CSV and PDF, signed.

Usage: npm run sla -- report --region STACK --month YYYY-MM --prometheus URL --out DIR
       npm run sla -- report --region STACK --saturday YYYY-MM-DD --prometheus URL --out DIR
       npm run sla -- verify FOLDER
       npm run sla -- keys

  report           makes the folder DIR/STACK-PERIOD; a Saturday lasts until Sunday 04:00 by the region's clocks
  verify           whether a report's files are as they were signed, and if not, which was changed; needs no network
  keys             makes the key that signs, and writes its public half beside it

${prometheusHelp(19)}
  --exclusions FILE
                   JSON list of {"from", "until", "reason", "approvedBy"}: failures in these times do not count; the report
                   shows the figures with and without them
  --so-far         a period that goes on: what there is of it
  --dry-run        ask and reckon, print the outcome, write nothing
  --key FILE       the private key (default ${DEFAULT_KEY_FILE.shown})
  --public FILE    verify: the public key that should have signed; without it the folder's own is believed
  --json           print JSON
  --help           this text

Exit codes: 0 done, 1 failed or changed, 2 wrong usage.
`;

/** What a report is asked about. */
export interface ReportOrder {
  readonly period: Period;
  readonly prometheus: PrometheusAddress;
  /** Undefined: nothing is written. */
  readonly out: string | undefined;
  readonly exclusions: string | undefined;
}

/** A command line as it is meant. Files are absolute. */
export interface SlaCommand {
  readonly help: boolean;
  readonly name: SlaCommandName;
  readonly folder: string | undefined;
  readonly keyFile: string;
  readonly publicKeyFile: string | undefined;
  readonly json: boolean;
  readonly options: ReturnType<typeof parse>['values'];
}

/** @throws UsageError naming what is not understood, and what is allowed. */
export function parseCommand(args: readonly string[]): SlaCommand {
  const { values, positionals } = parse(args);
  const [given, folder, ...more] = positionals;
  const name = COMMANDS.find((command) => command === given);
  if (name === undefined && !values.help) {
    const what = given === undefined ? 'The command is missing' : `The command is "${given}"`;
    throw new UsageError(`${what}. Allowed: ${COMMANDS.join(', ')}. See: npm run sla -- --help`);
  }
  const surplus = name === 'verify' ? more : [folder, ...more].filter((word) => word !== undefined);
  if (surplus.length > 0) throw new UsageError(`"${surplus.join(' ')}" is too much. See: npm run sla -- --help`);
  if (name === 'verify' && folder === undefined && !values.help)
    throw new UsageError('Too little was given. Allowed: npm run sla -- verify FOLDER');
  return {
    help: values.help ?? false,
    name: name ?? 'report',
    folder: folder === undefined ? undefined : pathOf(folder),
    keyFile: pathOf(values.key ?? DEFAULT_KEY_FILE.path),
    publicKeyFile: values.public === undefined ? undefined : pathOf(values.public),
    json: values.json ?? false,
    options: values,
  };
}

/**
 * @param now epoch milliseconds
 * @throws UsageError, or SlaError for a period that is not over
 */
export function reportOrder({ options }: SlaCommand, now: number): ReportOrder {
  const { month, saturday, prometheus, out } = options;
  const dryRun = options['dry-run'] ?? false;
  if ((month === undefined) === (saturday === undefined))
    throw new UsageError('Give one of --month YYYY-MM and --saturday YYYY-MM-DD.');
  if (prometheus === undefined) throw new UsageError("--prometheus is missing: the URL of the region's Prometheus.");
  const address = prometheusAddress(prometheus, options['prometheus-ca']);
  if (out === undefined && !dryRun) throw new UsageError('--out is missing: the folder in which the report’s is made.');
  const whole = asUsage(() => {
    const region = regionOf(options.region);
    return month === undefined ? saturdayPeriod(region, saturday ?? '') : monthPeriod(region, month);
  });
  return {
    period: ended(whole, now, options['so-far'] ?? false),
    prometheus: address,
    out: dryRun || out === undefined ? undefined : pathOf(out),
    exclusions: options.exclusions === undefined ? undefined : pathOf(options.exclusions),
  };
}

function parse(args: readonly string[]) {
  return parseCommandLine('npm run sla', {
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      region: { type: 'string' },
      month: { type: 'string' },
      saturday: { type: 'string' },
      prometheus: { type: 'string' },
      'prometheus-ca': { type: 'string' },
      out: { type: 'string' },
      exclusions: { type: 'string' },
      'so-far': { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      key: { type: 'string' },
      public: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
}

function regionOf(text: string | undefined): RegionName {
  if (text !== undefined && isRegionName(text)) return text;
  const what = text === undefined ? '--region is missing' : `--region is "${text}"`;
  throw new UsageError(`${what}. Allowed: ${REGION_NAMES.join(', ')}.`);
}

/** What the report refuses of a word of the command line is wrong usage. */
function asUsage<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof SlaError ? new UsageError(error.message) : error;
  }
}
