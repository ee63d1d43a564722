import type { Values } from '../lib/bench.ts';

const MANY = 1_000_000_000;
const HOURS_IN_DAY = 24;
const share = { least: 0, most: 1, decimals: true } as const;
const exponent = { least: 0, most: 3, decimals: true } as const;

/** What a season is like, and how it is played. Every output states them. */
export const SETTINGS = {
  seed: { value: 1, least: 0, most: 2 ** 31 - 2, says: 'seed of every draw' },
  requests: { value: 43_200, least: 1, most: MANY, says: 'requests, those of bursts included' },
  start: { value: 134, least: 1, most: 300, says: 'days after 1 April 2026 on which it begins; 134 is 13 August' },
  days: { value: 3, least: 1, most: 300, says: 'days that it lasts; 213 from --start 1 are April to October' },
  vendors: { value: 30, least: 1, most: 100_000, says: 'vendors' },
  weddings: {
    value: 100,
    least: 1,
    most: MANY,
    says: 'weddings within a year from 1 April, each with a team of vendors',
  },
  'vendor-zipf': { ...exponent, value: 0.8, says: "exponent of Zipf's law over the vendors' activity" },
  'intent-zipf': { ...exponent, value: 1, says: "exponent of Zipf's law over the questions" },
  'wording-zipf': { ...exponent, value: 1, says: "exponent of Zipf's law over the wordings of a question" },
  general: { ...share, value: 0.5, says: 'share of askings of general knowledge' },
  vendor: { ...share, value: 0.2, says: "share of askings on a vendor's own data; the rest concern one wedding" },
  couples: { ...share, value: 0.3, says: 'share of the askings on a wedding that come from the couple' },
  'saturday-weddings': {
    ...share,
    value: 0.7,
    says: 'share of weddings on Saturdays: the planning figure; 0.419 in 2023',
  },
  'saturday-requests': { ...share, value: 0.5, says: "share of a week's requests that come on Saturday" },
  bursts: { ...share, value: 0.01, says: 'share of askings that come as several identical requests at once' },
  'burst-size': { value: 8, least: 2, most: 1000, says: 'mean number of requests in a burst' },
  moved: { ...share, value: 0.04, says: 'share of weddings that are moved within what is played' },
  changes: { value: 4, least: 0, most: 1000, decimals: true, says: "changes of a vendor's data a month" },
  dress: { ...share, value: 0.3, says: 'share of askings in another case, punctuation or padding' },
  typos: { ...share, value: 0.08, says: 'share of askings with a slip of the finger' },
  sharers: { value: 3, least: 1, most: 1000, says: 'vendors who must have asked before an answer is shared' },
  'judge-error': { ...share, value: 0, says: 'share of the wrong verdicts of the judge' },
  'hot-mebibytes': { value: 64, least: 1, most: 65_536, says: 'size of the hot tier' },
  parts: {
    ...share,
    value: 0.34,
    says: 'share of the season that is played again without each part of the engine, 0 for none',
  },
  frequent: { value: 1, least: 0, most: 1, says: '1 to play a season of few and frequent questions as well, 0 not to' },
} as const;

/** A value for each setting. */
export type Parameters = Values<typeof SETTINGS>;

/** Every setting's name, in the order of the output. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly (keyof typeof SETTINGS)[];

/**
 * The same season among few vendors who ask the same few questions 200 times an hour each. It is what it takes for a ceiling of more
 * than 95 %, not what was seen anywhere: published exponents of what people ask are near 1, not 2.
 */
export function frequentParameters(parameters: Parameters): Parameters {
  const few = { vendors: 4, weddings: 12, general: 0.8, 'intent-zipf': 2 };
  return { ...parameters, ...few, requests: 200 * few.vendors * HOURS_IN_DAY * parameters.days };
}

/** The first part of a season, as many days as the share says but at least one, as dense as the whole. */
export function partOf(parameters: Parameters, share: number): Parameters {
  const days = Math.max(1, Math.round(parameters.days * share));
  return { ...parameters, days, requests: Math.max(1, Math.round((parameters.requests * days) / parameters.days)) };
}

/** The day before a season, as dense as it is, among the same vendors and weddings. */
export function eveOf(parameters: Parameters): Parameters {
  return { ...partOf(parameters, 0), start: parameters.start - 1 };
}

/** The settings as they are unless something else is said. */
export function defaultParameters(): Parameters {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].value])) as unknown as Parameters;
}
