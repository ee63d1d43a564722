import { isText, token, type Token } from './token.ts';

/** Currency words after a number. "Pounds of" something is a weight, and a grand is of either currency. */
const CURRENCIES: ReadonlyMap<string, string> = new Map([
  ['pounds', '£'],
  ['pound', '£'],
  ['quid', '£'],
  ['sterling', '£'],
  ['gbp', '£'],
  ['euro', '€'],
  ['euros', '€'],
  ['eur', '€'],
  ['dollars', '$'],
  ['dollar', '$'],
  ['usd', '$'],
]);

/** Units after a number, all in the singular. */
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    second: 'seconds sec secs',
    minute: 'minutes min mins',
    hour: 'hours hr hrs h',
    day: 'days',
    week: 'weeks wk wks',
    month: 'months mth mths',
    year: 'years yr yrs',
    night: 'nights',
    metre: 'metres m mtr mtrs',
    centimetre: 'centimetres cm cms',
    millimetre: 'millimetres mm',
    kilometre: 'kilometres km kms',
    foot: 'feet ft',
    inch: 'inches',
    yard: 'yards yds',
    mile: 'miles',
    kilogram: 'kilograms kg kgs kilo kilos',
    gram: 'grams g',
    litre: 'litres l ltr ltrs',
    millilitre: 'millilitres ml',
    pint: 'pints',
    decibel: 'decibels db',
    kilowatt: 'kilowatts kw',
    watt: 'watts',
  }).flatMap(([unit, forms]) =>
    [unit, ...forms.split(' ').filter(Boolean)].map((form): [string, string] => [form, unit]),
  ),
);

const RATED: ReadonlySet<string> = new Set(
  'hour day week month year night head person guest plate table mile minute piece stem item unit page photo song'.split(
    ' ',
  ),
);

/** What may stand before "an hour" when that is a length of time and not a rate. */
const BEFORE_LENGTH: ReadonlySet<string> = new Set(
  'in for takes than within after over under about nearly only by'.split(' '),
);

/** Amounts in one notation: `£1200`, `90 minute`, `per hour`, `10%`. */
export function amounts(tokens: readonly Token[]): Token[] {
  const made: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const each = tokens[at];
    if (each === undefined) break;
    const [read, end] = readAmount(tokens, at, made.at(-1));
    made.push(...read);
    at = end;
  }
  return made;
}

function readAmount(
  tokens: readonly Token[],
  at: number,
  before: Token | undefined,
): readonly [made: readonly Token[], end: number] {
  const each = tokens[at];
  if (each === undefined) return [[], at + 1];
  const next = tokens[at + 1];
  if (each.kind === 'money') return [money(each.text), at + 1];
  if (each.kind === 'number' && next !== undefined) return readCounted(tokens, at, each, next);
  if (each.kind !== 'word') return [[each], at + 1];
  const code = CURRENCIES.get(each.text);
  if (code !== undefined && ['gbp', 'eur', 'usd'].includes(each.text) && next?.kind === 'number')
    return [[token('money', code + plain(next.text))], at + 2];
  if (isText(each, 'half') && isText(next, 'an') && isText(tokens[at + 2], 'hour'))
    return [duration(0.5, 'hour'), at + 3];
  if (isArticle(each) && next?.kind === 'word') return readRated(tokens, at, each, next, before);
  if (isText(each, 'pp') && (before?.kind === 'money' || before?.kind === 'number'))
    return [words('per person'), at + 1];
  if (isText(each, 'min')) return [words('minimum'), at + 1];
  return [[each], at + 1];
}

/** A number with what it counts. */
function readCounted(
  tokens: readonly Token[],
  at: number,
  each: Token,
  next: Token,
): readonly [made: readonly Token[], end: number] {
  const currency = next.kind === 'word' ? CURRENCIES.get(next.text) : undefined;
  if (currency !== undefined && !isText(tokens[at + 2], 'of')) {
    const end = isText(tokens[at + 2], 'sterling') ? at + 3 : at + 2;
    return [[token('money', currency + plain(each.text))], end];
  }
  if (isText(next, 'p') || isText(next, 'pence'))
    return [[token('money', `£${plain(String(Number(each.text) / 100))}`)], at + 2];
  const unit = next.kind === 'word' ? UNITS.get(next.text) : undefined;
  if (unit === undefined) return [[each], at + 1];
  const half = isText(tokens[at + 2], 'and') && isText(tokens[at + 3], 'a') && isText(tokens[at + 4], 'half');
  return half ? [duration(Number(each.text) + 0.5, unit), at + 5] : [duration(Number(each.text), unit), at + 2];
}

/** "An hour": a rate after a price, a length of time after a word that lengths follow. */
function readRated(
  tokens: readonly Token[],
  at: number,
  each: Token,
  next: Token,
  before: Token | undefined,
): readonly [made: readonly Token[], end: number] {
  if (before?.kind === 'money' && RATED.has(next.text)) return [words('per'), at + 1];
  if (next.text !== 'hour') return [[each], at + 1];
  const half = isText(tokens[at + 2], 'and') && isText(tokens[at + 3], 'a') && isText(tokens[at + 4], 'half');
  if (half) return [duration(1.5, 'hour'), at + 5];
  return BEFORE_LENGTH.has(before?.text ?? '') ? [duration(1, 'hour'), at + 2] : [[each], at + 1];
}

/** Parts of hours in minutes, whole hours in hours, so that both ways to say it meet. */
function duration(amount: number, unit: string): readonly Token[] {
  if (unit === 'hour' && !Number.isInteger(amount) && Number.isInteger(amount * 60))
    return duration(amount * 60, 'minute');
  if (unit === 'minute' && amount > 0 && amount % 60 === 0) return duration(amount / 60, 'hour');
  return [token('number', plain(String(amount))), token('word', unit)];
}

/** The amounts of a piece such as `£1,200.00`, `£2.5k`, `£50-60` or `£2-3k`, in which the `k` is meant for both. */
function money(text: string): readonly Token[] {
  const symbol = text.charAt(0);
  const parts = text.split('-');
  return parts.flatMap((part, index) => {
    const amount = Number(part.replace(/[£€$k]/g, ''));
    const last = parts.at(-1) ?? '';
    const thousands = part.endsWith('k') || (last.endsWith('k') && amount < Number(last.replace(/[£€$k]/g, '')));
    const made = token('money', symbol + plain(String(Math.round(amount * (thousands ? 1000 : 1) * 100) / 100)));
    return index === 0 ? [made] : [token('word', 'to'), made];
  });
}

function plain(digits: string): string {
  return digits.includes('.') ? String(Number(digits)) : digits;
}

function words(text: string): readonly Token[] {
  return text.split(' ').map((word) => token('word', word));
}

function isArticle(candidate: Token): boolean {
  return candidate.text === 'a' || candidate.text === 'an';
}
