import {
  dateIn,
  isCalendarDate,
  isRegionName,
  parseInstant,
  REGION_NAMES,
  SATURDAY_SHARE,
  regionIdentity,
  type RegionName,
} from '@wedsync/domain';
import { type FigureName, FIGURES, MONTHS_AHEAD, type WhatIf } from '@wedsync/season-analytics';
import { type PrometheusAddress, prometheusAddress, prometheusHelp } from '../prometheus.ts';
import { parseCommandLine, UsageError } from '../usage.ts';

const COMMANDS = ['forecast', 'backtest', 'plan', 'export'] as const;
export type SeasonCommandName = (typeof COMMANDS)[number];

export const HELP = `Forecasts what a season will ask of a region, says how wrong that may be, and recommends the bounds of its stack file.

Usage: npm run season -- forecast [STACK] SOURCE
       npm run season -- backtest [STACK] SOURCE | --series FILE
       npm run season -- plan [STACK] SOURCE [WHAT-IF] [--patch]
       npm run season -- export STACK --prometheus URL --from DATE

  forecast          queries a day by month, with 80 % and 95 % intervals and the seasonal naive forecast beside them
  backtest          how far off forecasts of held-back days were, beside the seasonal naive ones
  plan              engines, Redis and workers by season beside the configured bounds, and the bounds that are recommended
  export            a history from Prometheus as CSV; what no Prometheus holds is not there

SOURCE, where the history comes from:
  --history FILE    CSV (region,date,queries and, if known, hitRate,weddings,peakHourShare) or JSON; several times
                    for several regions, or for several times of one
${prometheusHelp(20)}
  --generated       made up for demonstration, six years of every region, and named so in every output

WHAT-IF, what is supposed beside what is forecast:
  --saturdays +20%  every Saturday asks so much more
  --growth 15%      every day asks so much more; --growth=-5% for less
  --hit-rate 0.9    the cache answers this share
  --lose STACK      a region is lost; its load goes where the law lets it

  --months N        how far ahead, ${MONTHS_AHEAD.least} to ${MONTHS_AHEAD.most} (default 18; of plan 12)
  --patch           plan: nothing but the patch to Pulumi.STACK.yaml, for git apply
  --of FIGURE       forecast, backtest: queries (default) or weddings, where the history knows them
  --series FILE     backtest: any series, lines date,value
  --hold-back DATE  backtest: the first day that is held back (default: the last two years, or what a
                    shorter history can spare)
  --from DATE       Prometheus: the first day that is asked for (default three years ago)
  --until DATE      Prometheus, generated: the last day (default yesterday)
  --saturday-share N
                    generated: the share of weddings on Saturdays (default ${SATURDAY_SHARE}, the planning figure; 0.419 in 2023)
  --engine-capacity N
                    requests a second that a core of an engine answers (default: what the soak bench sends it)
  --origin-seconds N
                    how long the provider takes to answer a miss (default 2, an assumption)
  --seed N          of the bootstrap, and of what is generated (default 1)
  --out FILE        export: where it goes (default: standard output)
  --json            print JSON
  --help            this text

Exit codes: 0 done, 1 failed, 2 wrong usage.
`;

/** A command line as it is meant. */
export interface SeasonCommand {
  readonly help: boolean;
  readonly name: SeasonCommandName;
  readonly stack: RegionName | undefined;
  readonly histories: readonly string[];
  readonly prometheus: PrometheusAddress | undefined;
  readonly generated: boolean;
  readonly figure: FigureName;
  readonly series: string | undefined;
  readonly holdBack: string | undefined;
  readonly from: string | undefined;
  readonly until: string;
  readonly months: number;
  readonly whatIf: WhatIf;
  readonly patch: boolean;
  /** Of what is generated; `undefined` for the planning figure. */
  readonly saturdayShare: number | undefined;
  readonly engineCapacity: number | undefined;
  readonly originSeconds: number | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

/**
 * @param now epoch milliseconds
 * @throws UsageError naming what is not understood, and what is allowed.
 */
export function parseCommand(args: readonly string[], now: number): SeasonCommand {
  const { values, positionals } = parse(args);
  const [given, subject, ...more] = positionals;
  const name = COMMANDS.find((command) => command === given);
  if (name === undefined && !values.help) {
    const what = given === undefined ? 'The command is missing' : `The command is "${given}"`;
    throw new UsageError(`${what}. Allowed: ${COMMANDS.join(', ')}. See: npm run season -- --help`);
  }
  if (more.length > 0) throw new UsageError(`"${more.join(' ')}" is too much. See: npm run season -- --help`);
  const command: SeasonCommand = {
    help: values.help ?? false,
    name: name ?? 'forecast',
    stack: subject === undefined ? undefined : stackNamed(subject, 'The stack'),
    histories: values.history ?? [],
    prometheus: optional(values.prometheus, (text) => prometheusAddress(text, values['prometheus-ca'])),
    generated: values.generated ?? false,
    figure: figureNamed(values.of),
    series: values.series,
    holdBack: optional(values['hold-back'], (text) => date(text, '--hold-back')),
    from: optional(values.from, (text) => date(text, '--from')),
    until: values.until === undefined ? yesterday(now) : date(values.until, '--until'),
    months: number(
      values.months ?? (name === 'plan' ? '12' : '18'),
      '--months',
      MONTHS_AHEAD.least,
      MONTHS_AHEAD.most,
      true,
    ),
    whatIf: {
      saturdays: optional(values.saturdays, (text) => percent(text, '--saturdays')),
      growth: optional(values.growth, (text) => percent(text, '--growth')),
      hitRate: optional(values['hit-rate'], (text) => number(text, '--hit-rate', 0, 1, false)),
      lost: optional(values.lose, (text) => stackNamed(text, '--lose')),
    },
    patch: values.patch ?? false,
    saturdayShare: optional(values['saturday-share'], (text) => number(text, '--saturday-share', 0, 1, false)),
    engineCapacity: optional(values['engine-capacity'], (text) =>
      number(text, '--engine-capacity', 1, 1_000_000, false),
    ),
    originSeconds: optional(values['origin-seconds'], (text) => number(text, '--origin-seconds', 0, 600, false)),
    seed: number(values.seed, '--seed', 0, 2 ** 31 - 1, true),
    out: values.out,
    json: values.json ?? false,
  };
  if (!command.help) check(command);
  return command;
}

/** Refuses what makes no sense together. */
function check({
  name,
  stack,
  histories,
  prometheus,
  generated,
  series,
  from,
  whatIf,
  patch,
  out,
  saturdayShare,
}: SeasonCommand): void {
  const sources = [histories.length > 0, prometheus !== undefined, generated, series !== undefined].filter(
    Boolean,
  ).length;
  if (sources !== 1)
    throw new UsageError(
      `${sources === 0 ? 'No history is given' : 'More than one source is given'}. Allowed: one of --history, --prometheus, --generated${name === 'backtest' ? ', --series' : ''}.`,
    );
  if (series !== undefined && name !== 'backtest')
    throw new UsageError('--series is for backtest. Allowed here: --history, --prometheus, --generated.');
  if (prometheus !== undefined && stack === undefined)
    throw new UsageError('--prometheus is one region’s: name its STACK.');
  if (name === 'export' && (prometheus === undefined || from === undefined))
    throw new UsageError('Too little was given. Allowed: npm run season -- export STACK --prometheus URL --from DATE');
  if (saturdayShare !== undefined && !generated) throw new UsageError('--saturday-share is for --generated.');
  if (out !== undefined && name !== 'export') throw new UsageError('--out is for export.');
  if (name !== 'plan' && (patch || Object.values(whatIf).some((value) => value !== undefined)))
    throw new UsageError('--patch, --saturdays, --growth, --hit-rate and --lose are for plan.');
  if (patch && whatIf.lost !== undefined)
    throw new UsageError(
      '--patch and --lose do not go together: the bounds are always planned for the loss of a partner.',
    );
  if (whatIf.lost !== undefined && whatIf.lost === stack)
    throw new UsageError(`${whatIf.lost} cannot be planned and lost.`);
}

function parse(args: readonly string[]) {
  return parseCommandLine('npm run season', {
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      history: { type: 'string', multiple: true },
      prometheus: { type: 'string' },
      'prometheus-ca': { type: 'string' },
      generated: { type: 'boolean' },
      of: { type: 'string', default: 'queries' },
      series: { type: 'string' },
      'hold-back': { type: 'string' },
      from: { type: 'string' },
      until: { type: 'string' },
      months: { type: 'string' },
      saturdays: { type: 'string' },
      growth: { type: 'string' },
      'hit-rate': { type: 'string' },
      lose: { type: 'string' },
      patch: { type: 'boolean' },
      'saturday-share': { type: 'string' },
      'engine-capacity': { type: 'string' },
      'origin-seconds': { type: 'string' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
}

function optional<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  return text === undefined ? undefined : read(text);
}

function stackNamed(text: string, what: string): RegionName {
  if (isRegionName(text)) return text;
  throw new UsageError(`${what} is "${text}". Allowed: ${REGION_NAMES.join(', ')}.`);
}

function figureNamed(text: string): FigureName {
  const figure = FIGURES.find((name) => name === text);
  if (figure !== undefined) return figure;
  throw new UsageError(`--of is "${text}". Allowed: ${FIGURES.join(', ')}.`);
}

function date(text: string, option: string): string {
  if (isCalendarDate(text)) return text;
  throw new UsageError(`${option} is "${text}". Allowed: a date such as 2026-04-18.`);
}

/** `+20%` as 0.2. Nothing can ask less than nothing. */
function percent(text: string, option: string): number {
  const [, digits] = /^([+-]?\d+(?:\.\d+)?)\s?%$/.exec(text) ?? [];
  const share = Number(digits) / 100;
  if (share >= -1 && share <= 100) return share;
  throw new UsageError(
    `${option} is "${text}". Allowed: per cent more or less, such as +20%; for less, ${option}=-5%.`,
  );
}

function number(text: string, option: string, least: number, most: number, whole: boolean): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(`${option} is "${text}". Allowed: a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`);
}

function yesterday(now: number): string {
  const { zone } = regionIdentity('uk-south');
  return dateIn(zone, (parseInstant(dateIn(zone, now), zone) ?? now) - 1);
}
