/** Times whose failures are not held against the region, each with its reason and with who approved of it. */
import { SLO_BASE_RANGE } from '@wedsync/domain';
import { DateTime } from 'luxon';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { SlaError } from '../sla-error.ts';
import type { Window } from './windows.ts';

const words = Type.String({ minLength: 1, pattern: '\\S' });

/** The file of exclusions: `from` and `until` in ISO 8601 with an offset, `until` excluded. */
const EXCLUSIONS_FILE = Type.Array(
  Type.Object({ from: words, until: words, reason: words, approvedBy: words }, { additionalProperties: false }),
);

/** Epoch milliseconds, `until` excluded. */
export interface Exclusion {
  readonly from: number;
  readonly until: number;
  readonly reason: string;
  readonly approvedBy: string;
}

/** @throws SlaError naming `where` the text comes from, the entry and what is wrong with it. */
export function parseExclusions(text: string, where: string): Exclusion[] {
  const entries = parse(text, where);
  return entries.map(({ from, until, reason, approvedBy }, index) => {
    const exclusion = {
      from: instant(from, `${where}: entry ${index + 1}: from`),
      until: instant(until, `${where}: entry ${index + 1}: until`),
      reason: reason.trim(),
      approvedBy: approvedBy.trim(),
    };
    if (exclusion.until <= exclusion.from)
      throw new SlaError(`${where}: entry ${index + 1}: until is "${until}". Allowed: an instant after ${from}.`);
    return exclusion;
  });
}

/** The first exclusion in which a whole window lies; what it covers in part only is counted. */
export function exclusionOf({ begins }: Window, exclusions: readonly Exclusion[]): Exclusion | undefined {
  const ends = begins + SLO_BASE_RANGE.seconds * 1000;
  return exclusions.find(({ from, until }) => from <= begins && ends <= until);
}

function parse(text: string, where: string): Static<typeof EXCLUSIONS_FILE> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SlaError(`${where} is no JSON: ${(error as Error).message}.`);
  }
  if (Value.Check(EXCLUSIONS_FILE, value)) return value;
  const [first] = Value.Errors(EXCLUSIONS_FILE, value);
  const place = first?.instancePath ? `at ${first.instancePath} ` : '';
  throw new SlaError(
    `${where} ${place}${first?.message ?? 'is wrong'}. Allowed: a list of {"from", "until", "reason", "approvedBy"}, all of them text.`,
  );
}

function instant(text: string, where: string): number {
  const moment = DateTime.fromISO(text, { setZone: true });
  // Without an offset, the hour in October that comes twice would be a guess.
  if (moment.isValid && /(Z|[+-]\d\d(:?\d\d)?)$/.test(text)) return moment.toMillis();
  throw new SlaError(`${where} is "${text}". Allowed: ISO 8601 with an offset, such as 2026-10-17T14:00:00+01:00.`);
}
