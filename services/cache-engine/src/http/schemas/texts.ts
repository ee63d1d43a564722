import { WEDDING_YEARS } from '@wedsync/domain';
import { Type } from 'typebox';

/** Printable: no control characters, no line or direction marks, no lone surrogates that only look like another id. */
export const PRINTABLE =
  '^[^\\u0000-\\u001F\\u007F-\\u009F\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uD800-\\uDFFF]+$';

/** An id of a vendor, a wedding, a couple or a key. */
export const identifier = (what: string) =>
  Type.String({
    minLength: 1,
    maxLength: 128,
    pattern: PRINTABLE,
    description: `${what}: 1 to 128 printable characters`,
  });

const WEDDING_DATE = `a date written YYYY-MM-DD, from ${WEDDING_YEARS.earliest} to ${WEDDING_YEARS.latest}, that is in the calendar`;

/** What is allowed as a wedding's date, in words. */
export const WEDDING_DATE_ALLOWED = `must be ${WEDDING_DATE}`;

/** Days of every year, by the length of their months, and the leap days of this century: every fourth year has one, 2000 included. */
const DAYS = [
  '20\\d\\d-(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])',
  '20\\d\\d-(0[469]|11)-(0[1-9]|[12]\\d|30)',
  '20\\d\\d-02-(0[1-9]|1\\d|2[0-8])',
  '20([02468][048]|[13579][26])-02-29',
];

/** The form of a wedding's date: exactly the dates in the calendar in WEDDING_YEARS, so that the document tells the whole rule. */
export const WEDDING_DATE_PATTERN = `^(${DAYS.join('|')})$`;

/** A calendar date. */
export const calendarDate = (what?: string) =>
  Type.String({
    pattern: WEDDING_DATE_PATTERN,
    description: what === undefined ? WEDDING_DATE : `${what}: ${WEDDING_DATE}`,
  });

/** An instant in an answer of the API. */
export const instant = (what: string) => Type.String({ format: 'date-time', description: `${what}, ISO 8601` });

/** How many of something there are in an answer of the API. */
export const count = (what: string) => Type.Integer({ minimum: 0, description: what });

/** The key of a stored answer or alias. */
export const answerKey = Type.String({
  pattern: '^[A-Za-z0-9_\\-]{22}:[A-Za-z0-9_\\-]{43}$',
  description: 'the key of a stored answer, as explanations and lists show it',
});

/** The id of a frame: what questions have in common that may share an answer. */
export const frameId = Type.String({
  pattern: '^[A-Za-z0-9_\\-]{22}$',
  description: 'the frame of a stored answer, as explanations and lists show it',
});
