import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Words of which one stands where another could: what vendors' questions differ by when they are about the same. */
const KINDS: readonly (readonly string[])[] = [
  'January February March April June July August September October November December'.split(' '),
  'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
  ['bride', 'groom', 'best man', 'bridesmaid', 'usher', 'mother of the bride', 'father of the groom', 'registrar'],
  ['photographer', 'caterer', 'florist', 'celebrant', 'planner', 'videographer', 'harpist', 'magician'],
  ['venue', 'barn', 'marquee', 'church', 'hotel', 'castle', 'garden', 'village hall', 'vineyard', 'beach'],
  ['cake', 'dress', 'bouquet', 'ring', 'veil', 'menu', 'order of service', 'guest book', 'dance floor', 'wine'],
  ['ceremony', 'reception', 'rehearsal dinner', 'first dance', 'drinks hour', 'speeches', 'evening party'],
  ['England', 'Scotland', 'Wales', 'Ireland', 'London', 'Leeds', 'Cornwall', 'Belfast', 'Tuscany', 'Provence'],
  ['morning', 'afternoon', 'evening', 'night'],
];
const KIND_OF = new Map(KINDS.flatMap((kind) => kind.map((word) => [word.toLowerCase(), kind] as const)));
const WORDS = new RegExp(String.raw`\b(?:${[...KIND_OF.keys()].join('|')})\b|\b\d{1,3}\b`, 'gi');

const OPENINGS = ['', '', '', '', 'Hi, ', 'Quick question: ', 'For a client of ours: ', 'Please help: '];
const ENDINGS = [
  '',
  '',
  '',
  '',
  ' in winter',
  ' for a small wedding',
  ' on a tight budget',
  ' at short notice',
  ' in {place}',
];

/**
 * `count` different questions that are variants of `questions`: other numbers, months, people, places, things, openings and endings.
 * Many lie close to each other, as the questions of one vendor do, which is the hard case for an approximate index.
 */
export function questionVariants(questions: readonly string[], count: number, seed: number): string[] {
  const random = xoroshiro128plus(seed);
  const oneOf = <Item>(items: readonly Item[]): Item => items[uniformInt(random, 0, items.length - 1)] as Item;
  const other = (word: string) => {
    const kind = KIND_OF.get(word.toLowerCase());
    return kind === undefined ? String(uniformInt(random, 2, 250)) : oneOf(kind);
  };
  const taken = new Set(questions);
  const variants: string[] = [];
  while (variants.length < count) {
    const ending = oneOf(ENDINGS).replace('{place}', () => other('England'));
    const body = oneOf(questions).replace(WORDS, other);
    const variant = oneOf(OPENINGS) + body.replace(/[?.!]?$/, (mark) => ending + mark);
    if (taken.has(variant)) continue;
    taken.add(variant);
    variants.push(variant);
  }
  return variants;
}
