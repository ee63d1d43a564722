import { createHash, randomBytes, randomInt } from 'node:crypto';
import { UserError } from '../errors.ts';

/** What a generated string is made of; the fields are those of RandomString and RandomPassword. */
export interface StringRules {
  readonly length: number;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly numeric: boolean;
  readonly special: boolean;
  readonly overrideSpecial: string;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minNumeric: number;
  readonly minSpecial: number;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const NUMERIC = '0123456789';

/** The special characters of the random provider. */
const SPECIAL = '!@#$%&*()-_=+[]{}<>:?';

/** Throws a UserError that names the resource if no string can meet the rules. */
export function checkRules(rules: StringRules, urn: string): void {
  const least = Math.max(1, rules.minLower + rules.minUpper + rules.minNumeric + rules.minSpecial);
  if (!Number.isInteger(rules.length) || rules.length < least) {
    throw new UserError(`${urn}: length is ${rules.length}; it must be a whole number of at least ${least}.`);
  }
  if (!rules.lower && !rules.upper && !rules.numeric && !rules.special) {
    throw new UserError(`${urn}: lower, upper, numeric and special are all false; at least one must be true.`);
  }
}

/** A string with the wanted number of each kind of character, in random order. */
export function randomString(rules: StringRules): string {
  const kinds = [
    { allowed: rules.lower, least: rules.minLower, characters: [...LOWER] },
    { allowed: rules.upper, least: rules.minUpper, characters: [...LOWER.toUpperCase()] },
    { allowed: rules.numeric, least: rules.minNumeric, characters: [...NUMERIC] },
    { allowed: rules.special, least: rules.minSpecial, characters: [...(rules.overrideSpecial || SPECIAL)] },
  ];
  const all = kinds.filter((kind) => kind.allowed).flatMap((kind) => kind.characters);
  const picked = kinds.flatMap((kind) => pick(kind.characters, kind.least));
  return shuffle([...picked, ...pick(all, rules.length - picked.length)]).join('');
}

function pick(characters: readonly string[], count: number): string[] {
  return Array.from({ length: count }, () => characters[randomInt(characters.length)] ?? '');
}

function shuffle<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [items[last], items[other]] = [items[other] as T, items[last] as T];
  }
  return items;
}

/** The encodings under which RandomId shows its bytes; a prefix stands before each. */
export function randomId(byteLength: number, prefix: string): { id: string; outputs: Record<string, string> } {
  const bytes = randomBytes(byteLength);
  const id = bytes.toString('base64url');
  return {
    id,
    outputs: {
      b64Url: prefix + id,
      b64Std: prefix + bytes.toString('base64'),
      hex: prefix + bytes.toString('hex'),
      dec: prefix + BigInt(`0x0${bytes.toString('hex')}`).toString(),
    },
  };
}

/** A whole number from `min` to `max`, both included; the same one for the same seed. */
export function randomInteger(min: number, max: number, seed: string): number {
  if (seed === '') return randomInt(min, max + 1);
  const digest = createHash('sha256').update(seed).digest();
  return min + Number(digest.readBigUInt64BE() % BigInt(max - min + 1));
}
