import { isText, token, type Token } from './token.ts';

const FROM_TIME: ReadonlySet<string> = new Set(
  'at by from until till before after around about approximately between past for a to'.split(' '),
);

const DAY_PARTS: ReadonlySet<string> = new Set(['morning', 'afternoon', 'evening']);

interface Time {
  readonly hour: number;
  readonly minute: number;
  readonly end: number;
  /** Whether the half of the day is known. */
  readonly certain: boolean;
}

/** Clock times in one notation: `3:30pm` where the half of the day is known, else `3:30`. Whole hours are `3pm`, or `3:00`. */
export function clockTimes(tokens: readonly Token[]): Token[] {
  const made: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const each = tokens[at];
    if (each === undefined) break;
    const from = readFrom(tokens, at);
    if (from !== undefined) {
      made.push(token('time', from));
      at++;
      continue;
    }
    const read = readTime(tokens, at, made.at(-1));
    if (read === undefined) {
      made.push(each.kind === 'time' ? { ...each, kind: 'number' } : each);
      at++;
      continue;
    }
    const time = halfOfDay(tokens, read);
    made.push(token('time', notation(time)));
    at = time.end;
  }
  return made;
}

/** The 2 of "2-4pm" or "between 2 and 4pm": of the same half of the day where it comes before. */
function readFrom(tokens: readonly Token[], at: number): string | undefined {
  const hour = hourOf(tokens[at]);
  const joint = tokens[at + 1]?.text ?? '';
  const between = joint === 'and' && isText(tokens[at - 1], 'between');
  if (hour === undefined || !(between || ['-', 'to', 'until', 'till'].includes(joint))) return undefined;
  const end = readTime(tokens, at + 2, tokens[at + 1]);
  const until = end === undefined ? undefined : halfOfDay(tokens, end);
  if (until?.certain !== true || hour % 12 >= (until.hour % 12 || 12)) return undefined;
  return notation(certain((hour % 12) + (until.hour >= 12 ? 12 : 0), 0, at + 1));
}

function readTime(tokens: readonly Token[], at: number, before: Token | undefined): Time | undefined {
  const each = tokens[at];
  if (each?.kind === 'word') return readSpoken(tokens, at, before);
  if (each?.kind === 'time') return readDigits(each.text, ':', at);
  if (each?.kind !== 'number') return undefined;
  const next = tokens[at + 1];
  if (each.text.includes('.')) {
    const stated = isMeridiem(next) || (FROM_TIME.has(before?.text ?? '') && !isCounted(next));
    return stated ? readDigits(each.text, '.', at) : undefined;
  }
  const hour = Number(each.text);
  if (isText(next, 'past') && hour >= 1 && hour < 60) return readPast(tokens, at, hour);
  if (isText(next, 'to') && hour >= 1 && hour < 60 && isToHour(tokens, at, before)) return readPast(tokens, at, hour);
  if (hour === 12 && (isText(next, 'noon') || isText(next, 'midday'))) return certain(12, 0, at + 2);
  if (hour === 12 && isText(next, 'midnight')) return certain(0, 0, at + 2);
  if (hour < 1 || hour > 12) return undefined;
  const dayPart = isText(next, 'in') && isText(tokens[at + 2], 'the') && DAY_PARTS.has(tokens[at + 3]?.text ?? '');
  if (isMeridiem(next) || (dayPart && FROM_TIME.has(before?.text ?? '')))
    return { hour, minute: 0, end: at + 1, certain: false };
  return isText(next, "o'clock") ? { hour, minute: 0, end: at + 2, certain: false } : undefined;
}

/** Whether "ten to twelve" is a time: "ten to twelve guests" and "from ten to twelve" are ranges. */
function isToHour(tokens: readonly Token[], at: number, before: Token | undefined): boolean {
  const next = tokens[at + 3];
  const sure = isMeridiem(next) || isText(next, 'in') || isText(next, "o'clock");
  const closed =
    sure || next === undefined || next.kind === 'mark' || ['on', 'and', 'or', 'if', 'for'].includes(next.text);
  return closed && (before === undefined || AT_TIME.has(before.text) || (sure && !AT_RANGE.has(before.text)));
}

const AT_TIME: ReadonlySet<string> = new Set('at by until till before after around about approximately is'.split(' '));
const AT_RANGE: ReadonlySet<string> = new Set('from between for with'.split(' '));

/** Noon, midnight, half past three, half three, quarter to seven. */
function readSpoken(tokens: readonly Token[], at: number, before: Token | undefined): Time | undefined {
  const text = tokens[at]?.text;
  if (text === 'noon' || text === 'midday') return certain(12, 0, at + 1);
  if (text === 'midnight') return certain(0, 0, at + 1);
  const from = text === 'a' && isText(tokens[at + 1], 'quarter') ? at + 1 : at;
  if (isText(tokens[from], 'quarter') && isPointer(tokens[from + 1])) return readPast(tokens, from, 15);
  if (text !== 'half') return undefined;
  if (isText(tokens[at + 1], 'past')) return readPast(tokens, at, 30);
  const hour = hourOf(tokens[at + 1]);
  const said = FROM_TIME.has(before?.text ?? '') && !isText(tokens[at + 2], 'of');
  return hour !== undefined && said ? { hour, minute: 30, end: at + 2, certain: false } : undefined;
}

/** `minutes` past or to the hour that follows. */
function readPast(tokens: readonly Token[], at: number, minutes: number): Time | undefined {
  const to = isText(tokens[at + 1], 'to');
  const hour = hourOf(tokens[at + 2]);
  if (hour === undefined || (minutes !== 15 && minutes !== 30 && minutes % 5 !== 0)) return undefined;
  const end = at + 3;
  return to
    ? { hour: hour === 1 ? 12 : hour - 1, minute: 60 - minutes, end, certain: false }
    : { hour, minute: minutes, end, certain: false };
}

function readDigits(text: string, separator: string, at: number): Time | undefined {
  const [hours = '', minutes = ''] = text.split(separator);
  if (minutes.length !== 2) return undefined;
  const hour = Number(hours);
  const minute = Number(minutes);
  if (hour > 23 || minute > 59) return undefined;
  return { hour, minute, end: at + 1, certain: hour > 12 || hours.startsWith('0') };
}

/** Takes in "pm", "in the afternoon", "at night", "o'clock" after a time. */
function halfOfDay(tokens: readonly Token[], time: Time): Time {
  let { end } = time;
  if (isText(tokens[end], "o'clock")) end++;
  const next = tokens[end];
  if (time.certain) return { ...time, end: isMeridiem(next) ? end + 1 : end };
  if (isMeridiem(next)) return inHalf(time, next?.text === 'pm', end + 1);
  const part = tokens[end + 2]?.text;
  if (isText(next, 'in') && isText(tokens[end + 1], 'the')) {
    if (part === 'morning') return inHalf(time, false, end + 3);
    if (part === 'afternoon' || part === 'evening') return inHalf(time, true, end + 3);
  }
  if (isText(next, 'at') && isText(tokens[end + 1], 'night') && time.hour >= 6 && time.hour < 12)
    return inHalf(time, true, end + 2);
  return { ...time, end };
}

function inHalf({ hour, minute }: Time, afternoon: boolean, end: number): Time {
  return certain((hour % 12) + (afternoon ? 12 : 0), minute, end);
}

function certain(hour: number, minute: number, end: number): Time {
  return { hour, minute, end, certain: true };
}

function notation({ hour, minute, certain: known }: Time): string {
  const minutes = String(minute).padStart(2, '0');
  if (!known) return `${hour}:${minutes}`;
  const half = hour < 12 ? 'am' : 'pm';
  return `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${minutes}`}${half}`;
}

function hourOf(candidate: Token | undefined): number | undefined {
  if (candidate?.kind !== 'number' || !/^\d{1,2}$/.test(candidate.text)) return undefined;
  const hour = Number(candidate.text);
  return hour >= 1 && hour <= 12 ? hour : undefined;
}

function isMeridiem(candidate: Token | undefined): boolean {
  return isText(candidate, 'am') || isText(candidate, 'pm');
}

function isPointer(candidate: Token | undefined): boolean {
  return isText(candidate, 'past') || isText(candidate, 'to');
}

function isCounted(candidate: Token | undefined): boolean {
  return ['per', 'a', 'an', 'each', 'hour', 'hours', 'metres', 'miles', 'm', 'km', 'kg'].includes(
    candidate?.text ?? '',
  );
}
