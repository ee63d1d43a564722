import assert from 'node:assert/strict';
import { WordIndex } from '../../../../../services/cache-engine/src/engine/semantic/words.ts';
import { fc } from '../../../../support/property.ts';

const word = fc.constantFrom('cake', 'cakes', 'veil', 'tent', 'band', 'rain', 'menu', 'car');
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), text, { maxKeys: 12 });

function indexOf(documents: Readonly<Record<string, string>>): WordIndex {
  const index = new WordIndex();
  for (const [id, document] of Object.entries(documents)) index.add(id, document);
  return index;
}

describe('the index of words', () => {
  it('finds texts that share a word, in whatever form or with a slip, and no others', () => {
    const index = indexOf({ a: 'How large is the marquee?', b: 'Who cuts the cakes?', c: 'When does it rain?' });
    assert.deepEqual(index.search('cake', 10), ['b']);
    assert.deepEqual(index.search('MARQUEES', 10), ['a']);
    assert.deepEqual(index.search('marqee', 10), ['a']);
    assert.deepEqual(index.search('trumpet', 10), []);
    assert.deepEqual(index.search('', 10), []);
  });

  it('ranks a rare word above common ones, and a short text above a long one that shares as much', () => {
    const index = indexOf({ a: 'the cake', b: 'the veil', c: 'the band', d: 'the veil and every sort of lace' });
    assert.deepEqual(index.search('the veil', 2), ['b', 'd']);
  });

  it('does not look at what nearly every text has', () => {
    const crowd = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`n${at}`, `wedding ${at * 1111}`]));
    assert.deepEqual(indexOf({ ...crowd, a: 'the cake' }).search('wedding', 100), []);
    assert.deepEqual(indexOf({ ...crowd, a: 'the wedding cake' }).search('wedding cake', 1), ['a']);
  });

  it('finds at most as many as are wanted, the same ones first', () => {
    fc.assert(
      fc.property(texts, text, fc.nat(12), (documents, query, count) => {
        const index = indexOf(documents);
        assert.deepEqual(index.search(query, count), index.search(query, 100).slice(0, count));
      }),
    );
  });

  it('forgets a text as if it had never been there', () => {
    fc.assert(
      fc.property(texts, texts, text, (kept, gone, query) => {
        const index = indexOf({ ...gone, ...kept });
        for (const id of Object.keys(gone)) if (!(id in kept)) index.remove(id);
        const expected = indexOf(kept);
        assert.deepEqual(new Set(index.search(query, 100)), new Set(expected.search(query, 100)));
        assert.deepEqual(index.search('nothing', 100), []);
      }),
    );
  });

  it('holds the last text of an id, however often it is added or removed', () => {
    const index = indexOf({ a: 'the cake' });
    index.add('a', 'the veil');
    index.remove('unknown');
    assert.deepEqual([index.search('cake', 9), index.search('veil', 9)], [[], ['a']]);
    index.remove('a');
    index.remove('a');
    assert.deepEqual(index.search('veil', 9), []);
  });
});
