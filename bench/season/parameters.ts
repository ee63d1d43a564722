import { parseArgs } from 'node:util';

/** What a season is like. Each is an option of the command line, and every output states them. */
export const PARAMETERS = {
  seed: { value: 1, says: 'seed of every draw' },
  requests: { value: 1_000_000, says: 'requests, those of bursts included' },
  start: {
    value: 133,
    says: 'days after 1 April 2026 on which the trace begins; 133 is 12 August, in the busiest month',
  },
  days: { value: 7, says: 'days that it lasts; 214 from 1 April on (--start 0) are the whole peak season' },
  vendors: { value: 300, says: 'vendors' },
  weddings: { value: 1000, says: 'weddings within a year from 1 April 2026 on; each has a team of vendors' },
  'vendor-zipf': { value: 0.8, says: "exponent of Zipf's law over the vendors' activity" },
  'intent-zipf': { value: 1, says: "exponent of Zipf's law over the questions" },
  'wording-zipf': { value: 1, says: "exponent of Zipf's law over the wordings of a question" },
  general: { value: 0.5, says: 'share of askings of general knowledge' },
  vendor: { value: 0.2, says: "share of askings on a vendor's own data; the rest concern one wedding" },
  couples: { value: 0.3, says: 'share of the askings on a wedding that come from the couple' },
  'saturday-weddings': {
    value: 0.7,
    says: "share of weddings on Saturdays (0.7 is the product's planning figure; registered in 2023: 0.419)",
  },
  'saturday-requests': { value: 0.5, says: "share of a week's requests that come on Saturday" },
  bursts: { value: 0.01, says: 'share of askings that come as several identical requests at once' },
  'burst-size': { value: 8, says: 'mean number of requests in a burst' },
  moved: { value: 0.04, says: 'share of weddings that are moved to another date once' },
  changes: { value: 4, says: "changes of a vendor's data a month" },
  dress: { value: 0.3, says: 'share of askings in another case, punctuation or padding' },
  typos: { value: 0.08, says: 'share of askings with a slip of the finger' },
  sharers: { value: 3, says: 'vendors who must have asked a general question before its answer is shared' },
} as const satisfies Record<string, { readonly value: number; readonly says: string }>;

export type ParameterName = keyof typeof PARAMETERS;

/** A value for each parameter. */
export type Parameters = Readonly<Record<ParameterName, number>>;

/** Every parameter's name, in the order of the output. */
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as readonly ParameterName[];

/** The parameters as they are unless something else is said. */
export function defaultParameters(): Parameters {
  const values = PARAMETER_NAMES.map((name) => [name, PARAMETERS[name].value] as const);
  return Object.fromEntries(values) as Parameters;
}

/**
 * The parameters of a command line (`--requests 200000 --vendors 300`).
 * @throws {RangeError} for a value that is no number or negative; a TypeError of Node's for an unknown option.
 */
export function parseParameters(args: readonly string[]): Parameters {
  const options = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...args], options });
  const given = Object.entries(values).map(([name, text]) => {
    const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`--${name} takes a number from 0 up, not "${text}".`);
    return [name, value] as const;
  });
  return { ...defaultParameters(), ...Object.fromEntries(given) };
}
