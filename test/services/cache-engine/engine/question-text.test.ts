import assert from 'node:assert/strict';
import { questionText } from '../../../../services/cache-engine/src/engine/question-text.ts';
import { fc } from '../../../support/property.ts';

describe('the text under which a question is kept', () => {
  it('is one for spellings and notations of the same question', () => {
    const same = ['When is sunset?', 'when is sunset', '  When   is sunset ?? ', 'WHEN IS SUNSET?'];
    assert.equal(new Set(same.map((text) => questionText(text).text)).size, 1);
    assert.ok(same.every((text) => questionText(text).free));
  });

  /** Texts whose very letters may be asked about. */
  const exact: Record<string, string> = {
    'a quotation': 'What does "till death" mean in vows?',
    guillemets: 'What does «oui» mean?',
    code: 'What does `rsvp` mean?',
    'a list': 'Which is better:\n- buffet\n- plated',
    markup: 'What is <b>bold</b> on an invitation?',
    'a link': 'Is https://example.com a good venue?',
    'a table': 'Read this: | Anna | 12 |',
    'a translation': 'Translate congratulations into Welsh',
    'a spelling': 'How is fiancee spelled?',
    'proof-reading': 'Please proofread our invite wording',
    'a rhyme': 'What rhymes with bride',
    'a monogram': 'Design a monogram of A and B',
    'a limit of words': 'Write a toast, word limit 50',
    'an abbreviation': 'What is the abbreviation of Reverend',
    'nothing but signs': '???',
    nothing: '',
    'a long text': `When is sunset? ${'Please. '.repeat(80)}`,
  };
  for (const [what, text] of Object.entries(exact)) {
    it(`is the text itself, to the letter, for ${what}`, () => {
      assert.deepEqual(questionText(text), { text, free: false });
    });
  }

  it('takes a single quote for no quotation: it is an apostrophe too', () => {
    assert.ok(questionText("Who carries the bride's bouquet?").free);
    assert.ok(questionText('Who carries the bride’s bouquet?').free);
  });

  it('is free up to 600 characters, and exact beyond', () => {
    const words = 'when is the sunset in june '.repeat(30);
    assert.deepEqual(
      [600, 601].map((length) => questionText(words.slice(0, length).padEnd(length, 'x')).free),
      [true, false],
    );
  });

  it('tells apart what it does not understand: an exact text is kept by every letter', () => {
    const text = fc.string({ unit: 'binary' }).map((given) => `${given}"`);
    fc.assert(
      fc.property(text, text, (one, other) => {
        assert.deepEqual(questionText(one), { text: one, free: false });
        assert.equal(questionText(one).text === questionText(other).text, one === other);
      }),
    );
  });

  it('says the same of a text each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => {
        assert.deepEqual(questionText(text), questionText(text));
      }),
    );
  });
});
