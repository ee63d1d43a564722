import { isText, token, type Token } from './token.ts';

const SMALL: ReadonlyMap<string, number> = new Map(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen ' +
    'nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS: ReadonlyMap<string, number> = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, index) => [word, 10 * (index + 2)]),
);
const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
]);
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...(
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth ' +
    'seventeenth eighteenth nineteenth'
  )
    .split(' ')
    .map((word, index): [string, number] => [word, index + 1]),
  ...'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth'
    .split(' ')
    .map((word, index): [string, number] => [word, 10 * (index + 2)]),
]);

/** `14th`. */
export function ordinal(value: number): string {
  const tens = value % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}

interface Read {
  readonly value: number;
  /** Index after the last token of the number. */
  readonly end: number;
}

/** After a 4 that stands for "for", or a 2 for "to". */
const AFTER_FOR: ReadonlySet<string> = new Set('a an the my our your his her their me us'.split(' '));

const SOUNDS: ReadonlyMap<string, string> = new Map([
  ['4', 'for'],
  ['2', 'to'],
]);

/** Number words as digits, ordinals too: "a hundred and twenty" is 120, "ninetieth" 90th, "half a dozen" 6. "A couple" is no number. */
export function numerals(tokens: readonly Token[]): Token[] {
  const made: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const each = tokens[at];
    if (each === undefined) break;
    const sound = each.kind === 'number' && made.at(-1)?.kind === 'word' ? SOUNDS.get(each.text) : undefined;
    if (sound !== undefined && AFTER_FOR.has(tokens[at + 1]?.text ?? '')) {
      made.push(token('word', sound));
      at++;
      continue;
    }
    const read = each.kind === 'word' || each.kind === 'number' ? readNumber(tokens, at) : undefined;
    if (read !== undefined) {
      const next = tokens[read.end];
      const small =
        next?.kind === 'word' && read.value % 10 === 0 && read.value % 100 >= 20 ? ORDINALS.get(next.text) : undefined;
      if (small !== undefined && small < 10 && isTens(tokens[read.end - 1])) {
        made.push(token('ordinal', ordinal(read.value + small)));
        at = read.end + 1;
      } else {
        made.push(read.end === at + 1 && each.kind === 'number' ? each : token('number', String(read.value)));
        at = read.end;
      }
      continue;
    }
    const place = each.kind === 'word' ? ORDINALS.get(each.text) : undefined;
    made.push(place === undefined ? each : token('ordinal', ordinal(place)));
    at++;
  }
  return made;
}

function isTens(candidate: Token | undefined): boolean {
  return candidate !== undefined && TENS.has(candidate.text);
}

function readNumber(tokens: readonly Token[], start: number): Read | undefined {
  if (isText(tokens[start], 'half') && isText(tokens[start + 1], 'a') && isText(tokens[start + 2], 'dozen'))
    return { value: 6, end: start + 3 };
  const article = isText(tokens[start], 'a') || isText(tokens[start], 'an');
  const scaled = tokens[start + 1];
  if (article) {
    if (scaled?.kind !== 'word') return undefined;
    if (scaled.text === 'dozen') return { value: 12, end: start + 2 };
    if (!SCALES.has(scaled.text)) return undefined;
    return readScaled(tokens, start + 1, 1);
  }
  const first = readSmall(tokens, start);
  if (first === undefined) return isText(tokens[start], 'dozen') ? { value: 12, end: start + 1 } : undefined;
  const next = tokens[first.end];
  if (isText(next, 'k') && tokens[start]?.kind === 'number') return { value: first.value * 1000, end: first.end + 1 };
  if (isText(next, 'dozen')) return { value: first.value * 12, end: first.end + 1 };
  return readScaled(tokens, first.end, first.value);
}

/** Digits, or words up to ninety-nine, with "and a half". */
function readSmall(tokens: readonly Token[], start: number): Read | undefined {
  const each = tokens[start];
  if (each === undefined) return undefined;
  let read: Read | undefined;
  if (each.kind === 'number') read = { value: Number(each.text), end: start + 1 };
  else if (SMALL.has(each.text)) read = { value: SMALL.get(each.text) ?? 0, end: start + 1 };
  else if (TENS.has(each.text)) {
    const tens = TENS.get(each.text) ?? 0;
    const units = SMALL.get(tokens[start + 1]?.text ?? '') ?? 0;
    read = units >= 1 && units <= 9 ? { value: tens + units, end: start + 2 } : { value: tens, end: start + 1 };
  }
  if (read === undefined) return undefined;
  const { value, end } = read;
  const half = isText(tokens[end], 'and') && isText(tokens[end + 1], 'a') && isText(tokens[end + 2], 'half');
  return half ? { value: value + 0.5, end: end + 3 } : read;
}

function readScaled(tokens: readonly Token[], start: number, value: number): Read {
  let total = 0;
  let current = value;
  let end = start;
  for (;;) {
    const scale = tokens[end]?.kind === 'word' ? SCALES.get(tokens[end]?.text ?? '') : undefined;
    if (scale === undefined) break;
    end++;
    if (scale === 100) current *= 100;
    else {
      total += current * scale;
      current = 0;
    }
    const joined = isText(tokens[end], 'and') ? end + 1 : end;
    const more = tokens[joined]?.kind === 'word' ? readSmall(tokens, joined) : undefined;
    const isHalf = isText(tokens[joined], 'a') && isText(tokens[joined + 1], 'half');
    if (isHalf && joined > end) {
      current += scale / 2;
      end = joined + 2;
      continue;
    }
    if (more === undefined && SCALES.has(tokens[end]?.text ?? '')) continue;
    if (more === undefined || more.value >= scale) break;
    current += more.value;
    end = more.end;
  }
  return { value: Math.round((total + current) * 1e6) / 1e6, end };
}
