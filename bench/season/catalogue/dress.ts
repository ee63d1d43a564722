import type { Random } from '../random.ts';

/** How the same words are written by different people: the meaning and the words stay. */
const DRESSES: readonly ((text: string) => string)[] = [
  (text) => text.toLowerCase(),
  (text) => text.replace(/[?.!]+$/, ''),
  (text) => text.toLowerCase().replace(/[?.!]+$/, ''),
  (text) => `Hi, ${text.charAt(0).toLowerCase()}${text.slice(1)}`,
  (text) => `${text.replace(/[?.!]+$/, '')} please?`,
  (text) => `${text} Thanks!`,
  (text) => ` ${text.replaceAll(' ', '  ')} `,
];

/** Shortest word in which a slip is made: in a shorter one it might make another word. */
const LONG = 7;

/** `text` as it stands and in every dress, each once. */
export function dressesOf(text: string): readonly string[] {
  return [...new Set([text, ...DRESSES.map((dress) => dress(text))])];
}

/** `text` with one slip of the finger in a long word: two letters swapped, one left out or doubled; as it is when it has none. */
export function mistype(text: string, random: Random): string {
  const words = [...text.matchAll(/[a-z]+/g)].filter(([word]) => word.length >= LONG);
  const found = words[Math.floor(random() * words.length)];
  if (found === undefined) return text;
  const [word] = found;
  const at = 1 + Math.floor(random() * (word.length - 3));
  const slips = [
    word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + word.charAt(at) + word.slice(at),
  ];
  const slip = slips[Math.floor(random() * slips.length)] ?? word;
  return text.slice(0, found.index) + slip + text.slice(found.index + word.length);
}
