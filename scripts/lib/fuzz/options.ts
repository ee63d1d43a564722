import { parseCommandLine, UsageError } from '../usage.ts';

/** Test cases for each operation and phase when nobody says. */
const MAX_EXAMPLES = 30;

export const HELP = `Sends generated requests, right and wrong ones, to every route of the cache engine and checks each answer against the
OpenAPI document: no 5xx, only statuses, media types and bodies that are described, wrong data refused, right data taken.

Usage: npm run fuzz [-- OPTION ...]

  --max-examples N   generated requests for each operation, at most (default ${MAX_EXAMPLES})
  --seed N           repeats the choices of an earlier run (default: drawn and printed)
  --operation ID     only the operation with this id, such as explain
  --help             this text

Needs python3 with its venv module; schemathesis is installed once into the user's cache folder.
Exit codes: 0 passed, 1 failed, 2 wrong usage.
`;

/** What a run is asked for. */
export interface FuzzOptions {
  readonly help: boolean;
  readonly maxExamples: number;
  readonly seed: number;
  readonly operation: string | undefined;
}

/** Reads the command line. `drawn` is the seed when none is given. Throws a UsageError. */
export function parseFuzzOptions(args: readonly string[], drawn: number): FuzzOptions {
  const { values } = parseCommandLine('npm run fuzz', {
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      'max-examples': { type: 'string' },
      seed: { type: 'string' },
      operation: { type: 'string' },
    },
  });
  return {
    help: values.help ?? false,
    maxExamples: wholeNumber('--max-examples', values['max-examples'], 1, 100_000) ?? MAX_EXAMPLES,
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1) ?? drawn,
    operation: values.operation,
  };
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${name} is "${text}". Allowed: a whole number from ${least} to ${most}.`);
}
