import { zipfChoice } from '../season/choice.ts';
import { Lifetimes } from '../season/lifetimes.ts';
import { normal, type Random, seededRandom, shuffled } from '../season/random.ts';
import { SeasonTrace, ZONE } from '../season/trace.ts';
import type { Parameters } from '../season/settings.ts';

/** A sequence of look-ups, as a store sees them. */
export interface KeyTrace {
  readonly name: string;
  readonly lookups: readonly Lookup[];
  /** Bytes of each key's value. */
  readonly bytes: ReadonlyMap<string, number>;
}

/** One look-up of a key; with the value that is set when it finds none, or one that has expired. */
export interface Lookup {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** When a value that is set now expires. */
  readonly until: number;
}

/** Answers have so many bytes in the median, and a factor e of them one standard deviation away: as chat completions of a paragraph or two. */
const MEDIAN_BYTES = 1500;
const SPREAD = 0.7;

/** Look-ups by Zipf's law over `objects` keys, each independent of the others: popularity and nothing else. */
export function zipfTrace(objects: number, exponent: number, count: number, seed: number): KeyTrace {
  const random = seededRandom(seed);
  const choice = zipfChoice(
    shuffled(
      Array.from({ length: objects }, (_, index) => keyOf(index)),
      random,
    ),
    exponent,
  );
  const lookups = Array.from({ length: count }, () => ({ key: choice.draw(random), at: 0, until: Infinity }));
  return { name: `Zipf ${exponent}`, lookups, bytes: sizesOf(lookups, random) };
}

/** Look-ups of `objects` keys in turn, round after round, as of a program that goes through all its questions: there is nothing to learn from use. */
export function roundsTrace(objects: number, count: number, seed: number): KeyTrace {
  const lookups = Array.from({ length: count }, (_, index) => ({
    key: keyOf(index % objects),
    at: 0,
    until: Infinity,
  }));
  return { name: 'rounds', lookups, bytes: sizesOf(lookups, seededRandom(seed)) };
}

/** The look-ups of a season, each wording's under a key of its own. */
export function seasonKeyTrace(parameters: Parameters): KeyTrace {
  const lifetimes = new Lifetimes(ZONE);
  const names = new Map<string, string>();
  const lookups: Lookup[] = [];
  for (const event of new SeasonTrace(parameters)) {
    if (event.kind !== 'ask') continue;
    const { at, vendor, wedding, byCouple, wording, copies } = event;
    const place = `${vendor.id}/${wedding?.id}/${wedding?.date}/${byCouple}/${wording}`;
    const key = names.get(place) ?? keyOf(names.size);
    names.set(place, key);
    const { staleUntil: until } = lifetimes.of(vendor.type, wedding?.date, at, 0.5);
    for (let copy = 0; copy < copies; copy++) lookups.push({ key, at, until });
  }
  return { name: 'season', lookups, bytes: sizesOf(lookups, seededRandom(parameters.seed)) };
}

/** As long as the engine's keys are. */
function keyOf(number: number): string {
  return `partition-of-22-chars-:${String(number).padStart(43, '0')}`;
}

function sizesOf(lookups: readonly Lookup[], random: Random): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { key } of lookups) {
    if (!sizes.has(key)) sizes.set(key, Math.round(MEDIAN_BYTES * Math.exp(SPREAD * normal(random))));
  }
  return sizes;
}
