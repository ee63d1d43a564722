import type { Setting } from '../../../bench/lib/bench.ts';
import { parseCommandLine, UsageError } from '../usage.ts';
import { BENCHES, type CataloguedBench } from './catalogue.ts';

const COMMAND = 'npm run bench';

/** What a command line asks for. */
export type BenchOptions =
  | { readonly help: string }
  | {
      readonly name: string;
      readonly bench: CataloguedBench;
      readonly values: Readonly<Record<string, number>>;
      /** Whether nothing but the JSON object is printed. */
      readonly json: boolean;
    };

const OWN = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const;

/** @throws UsageError naming the bench or option, what was given and what is allowed. */
export function parseBenchOptions(args: readonly string[], benches = BENCHES): BenchOptions {
  const [name, ...rest] = args;
  if (name === undefined || name.startsWith('-')) {
    const { values } = parseCommandLine(COMMAND, { args: [...args], options: OWN });
    if (values.help) return { help: helpOn(benches) };
    throw new UsageError(`Name a bench: ${Object.keys(benches).join(', ')}. See: ${COMMAND} -- --help`);
  }
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (bench === undefined) throw new UsageError(`"${name}" is no bench. Allowed: ${Object.keys(benches).join(', ')}.`);
  const settings = Object.entries(bench.settings);
  const own = Object.fromEntries(settings.map(([option]) => [option, { type: 'string' as const }]));
  const { values } = parseCommandLine(COMMAND, { args: rest, options: { ...own, ...OWN } });
  const given: Readonly<Record<string, string | boolean | undefined>> = values;
  if (given['help'] === true) return { help: helpOn({ [name]: bench }) };
  return {
    ...{ name, bench, json: given['json'] === true },
    values: Object.fromEntries(settings.map(([option, setting]) => [option, valueOf(option, given[option], setting)])),
  };
}

function valueOf(option: string, given: string | boolean | undefined, setting: Setting): number {
  const { value, least, most, decimals } = setting;
  if (typeof given !== 'string') return value;
  const number = given.trim() === '' ? NaN : Number(given);
  if (number >= least && number <= most && (decimals || Number.isInteger(number))) return number;
  const kind = decimals ? 'number' : 'whole number';
  throw new UsageError(`--${option} is "${given}". Allowed: a ${kind} from ${least} to ${most}.`);
}

function helpOn(benches: Readonly<Record<string, CataloguedBench>>): string {
  const lines = Object.entries(benches).flatMap(([name, { says, settings }]) => [
    `  ${name.padEnd(10)} ${says}`,
    ...Object.entries(settings).map(
      ([option, { value, says: what }]) => `${' '.repeat(13)}${`--${option} N`.padEnd(24)} ${what} (default ${value})`,
    ),
  ]);
  return `Measures the cache engine on this machine, side by side with what it is compared to.

Usage: ${COMMAND} -- BENCH [OPTION ...]

${lines.join('\n')}

  --json     print nothing but the JSON object
  --help     this text

Progress goes to standard error, a table to standard output, with one JSON object as its last line.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`;
}
