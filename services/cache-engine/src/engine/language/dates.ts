import { isText, token, type Token } from './token.ts';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const SHORT_MONTHS: ReadonlyMap<string, number> = new Map([
  ...MONTHS.map((month, index): [string, number] => [month, index]),
  ...MONTHS.map((month, index): [string, number] => [month.slice(0, 3), index]),
  ['sept', 8],
]);

/** Months that are other words, or names, in small letters or without a day beside them. */
const DOUBTFUL: ReadonlySet<string> = new Set(['may', 'march', 'mar', 'jan', 'jun', 'sep', 'dec', 'august']);

/** What may stand before a date in figures that lacks its year. */
const BEFORE_DATE: ReadonlySet<string> = new Set('on by until till from before after for since of the'.split(' '));

/** What may follow "June 14": anything else could be counted by the number. */
const AFTER_DAY: ReadonlySet<string> = new Set('at in on for with is and to or from by be if are was'.split(' '));

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const SHORT_WEEKDAYS: ReadonlyMap<string, string> = new Map(
  'monday tuesday wednesday thursday friday saturday sunday'.split(' ').map((day) => [day.slice(0, 3), day]),
);

/** Days that have the same date every year. */
const FEASTS: readonly (readonly [words: readonly string[], date: string])[] = (
  [
    ['christmas eve', '24 december'],
    ['christmas day', '25 december'],
    ['boxing day', '26 december'],
    ["st stephen's day", '26 december'],
    ["saint stephen's day", '26 december'],
    ["new year's eve", '31 december'],
    ['new years eve', '31 december'],
    ["new year's day", '1 january'],
    ['new years day', '1 january'],
    ["valentine's day", '14 february'],
    ['valentines day', '14 february'],
    ["st patrick's day", '17 march'],
    ['st patricks day', '17 march'],
    ['halloween', '31 october'],
  ] as const
).map(([words, date]) => [words.split(' '), date]);

interface Day {
  readonly day: number;
  readonly month: number;
  readonly year: number | undefined;
  readonly end: number;
}

/** Dates in one notation, day first, with a year only where one was given: `14 june 2026`. */
export function dates(tokens: readonly Token[]): Token[] {
  const made: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const each = tokens[at];
    if (each === undefined) break;
    const feast = FEASTS.find(([words]) => words.every((word, offset) => isText(tokens[at + offset], word)));
    if (feast !== undefined) {
      made.push(token('date', feast[1]));
      at += feast[0].length;
      continue;
    }
    const pair = readPair(tokens, at);
    if (pair !== undefined) {
      settle(made);
      made.push(...pair.tokens);
      at = pair.end;
      continue;
    }
    const day = each.kind === 'date' ? readFigures(each.text, at) : readDay(tokens, at);
    if (day !== undefined) {
      settle(made);
      made.push(dayToken(day));
      at = day.end;
      continue;
    }
    made.push(each.kind === 'date' ? { ...each, kind: 'number' } : fullMonth(each, tokens, at));
    at++;
  }
  return made;
}

/** The parts of a date in the notation of `dates`. */
export function partsOf(date: string): {
  readonly day: number;
  readonly month: number;
  readonly year: number | undefined;
} {
  const [day = '', month = '', year] = date.split(' ');
  return { day: Number(day), month: MONTHS.indexOf(month), year: year === undefined ? undefined : Number(year) };
}

/** Whether the word is a month's full name. */
export function isMonth(word: string): boolean {
  return MONTHS.includes(word);
}

function dayToken({ day, month, year }: Omit<Day, 'end'>): Token {
  return token('date', `${day} ${MONTHS[month]}${year === undefined ? '' : ` ${year}`}`);
}

/** What stands before a date: the article goes, "Sat" is a Saturday there. */
function settle(made: Token[]): void {
  if (isText(made.at(-1), 'the')) made.pop();
  const place = made.at(-1)?.kind === 'mark' ? made.length - 2 : made.length - 1;
  const weekday = made[place];
  const full = weekday?.kind === 'word' ? SHORT_WEEKDAYS.get(weekday.text) : undefined;
  if (full !== undefined) made[place] = token('word', full, true);
}

/** 14/06/2026, 14.6.26, 2026-06-14. */
function readFigures(text: string, at: number): Day | undefined {
  const parts = text.split(/[/.-]/);
  const iso = parts[0]?.length === 4;
  const [day, month, year] = (iso ? parts.reverse() : parts).map(Number);
  if (day === undefined || month === undefined || year === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > (DAYS_IN_MONTH[month - 1] ?? 0)) return undefined;
  return { day, month: month - 1, year: year < 100 ? 2000 + year : year, end: at + 1 };
}

function readDay(tokens: readonly Token[], at: number): Day | undefined {
  const each = tokens[at];
  if (each === undefined) return undefined;
  const day = dayOf(each);
  if (day !== undefined) return readDayMonth(tokens, at, day) ?? readSlashed(tokens, at, day);
  return readMonthDay(tokens, at);
}

/** 14 June, 14th of June 2026. */
function readDayMonth(tokens: readonly Token[], at: number, day: number): Day | undefined {
  const of = isText(tokens[at + 1], 'of');
  const place = at + (of ? 2 : 1);
  const named = tokens[place];
  const month = named?.kind === 'word' ? SHORT_MONTHS.get(named.text) : undefined;
  if (named === undefined || month === undefined || day > (DAYS_IN_MONTH[month] ?? 0)) return undefined;
  const { year, end } = readYear(tokens, place + 1);
  const sure =
    of ||
    tokens[at]?.kind === 'ordinal' ||
    year !== undefined ||
    named.capital ||
    BEFORE_DATE.has(tokens[at - 1]?.text ?? '');
  return sure || !DOUBTFUL.has(named.text) ? { day, month, year, end } : undefined;
}

/** June 14th, June 14 2026. */
function readMonthDay(tokens: readonly Token[], at: number): Day | undefined {
  const named = tokens[at];
  const month = named?.kind === 'word' ? SHORT_MONTHS.get(named.text) : undefined;
  if (named === undefined || month === undefined) return undefined;
  const place = at + (isText(tokens[at + 1], 'the') ? 2 : 1);
  const day = dayOf(tokens[place]);
  if (day === undefined || day > (DAYS_IN_MONTH[month] ?? 0)) return undefined;
  const { year, end } = readYear(tokens, place + 1);
  const next = tokens[place + 1];
  const closed = next === undefined || next.kind === 'mark' || AFTER_DAY.has(next.text);
  const sure =
    tokens[place]?.kind === 'ordinal' || year !== undefined || (closed && (named.capital || !DOUBTFUL.has(named.text)));
  return sure ? { day, month, year, end } : undefined;
}

/** 14/06 after a word that dates follow. */
function readSlashed(tokens: readonly Token[], at: number, day: number): Day | undefined {
  const month = Number(tokens[at + 2]?.text);
  if (tokens[at + 1]?.text !== '/' || tokens[at + 2]?.kind !== 'number') return undefined;
  if (!BEFORE_DATE.has(tokens[at - 1]?.text ?? '') || month < 1 || month > 12) return undefined;
  return day <= (DAYS_IN_MONTH[month - 1] ?? 0) ? { day, month: month - 1, year: undefined, end: at + 3 } : undefined;
}

/** 5 & 6 June 2026, 5th to 6th of June: both have the month and the year. */
function readPair(
  tokens: readonly Token[],
  at: number,
): { readonly tokens: readonly Token[]; readonly end: number } | undefined {
  const first = dayOf(tokens[at]);
  const between = tokens[at + 1];
  const bridged = between?.text === '-' || between?.text === '/' ? 'to' : between?.text;
  if (first === undefined || bridged === undefined || !['and', 'to', 'or'].includes(bridged)) return undefined;
  const place = at + (isText(tokens[at + 2], 'the') ? 3 : 2);
  const second = dayOf(tokens[place]);
  const day = second === undefined ? undefined : readDayMonth(tokens, place, second);
  if (day === undefined) return undefined;
  return { tokens: [dayToken({ ...day, day: first }), token('word', bridged), dayToken(day)], end: day.end };
}

function readYear(tokens: readonly Token[], at: number): { readonly year: number | undefined; readonly end: number } {
  const place = tokens[at]?.text === ',' ? at + 1 : at;
  const text = tokens[place]?.kind === 'number' ? (tokens[place]?.text ?? '') : '';
  return /^(?:19|20)\d\d$/.test(text) ? { year: Number(text), end: place + 1 } : { year: undefined, end: at };
}

function dayOf(candidate: Token | undefined): number | undefined {
  if (candidate?.kind !== 'number' && candidate?.kind !== 'ordinal') return undefined;
  if (!/^\d{1,2}(?:st|nd|rd|th)?$/.test(candidate.text)) return undefined;
  const day = Number.parseInt(candidate.text);
  return day >= 1 && day <= 31 ? day : undefined;
}

/** "Aug" is August with a capital, or after "in". */
function fullMonth(each: Token, tokens: readonly Token[], at: number): Token {
  if (each.kind !== 'word' || isMonth(each.text)) return each;
  const month = SHORT_MONTHS.get(each.text);
  if (month === undefined) return each;
  const follows = isText(tokens[at - 1], 'in');
  const dated = /^20\d\d$/.test(tokens[at + 1]?.text ?? '');
  const sure = DOUBTFUL.has(each.text) ? (each.capital && follows) || dated : each.capital || follows || dated;
  return sure ? token('word', MONTHS[month] ?? each.text, each.capital) : each;
}
