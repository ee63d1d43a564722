import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { MODEL } from '../../../../../services/cache-engine/src/adapters/embedding/model.ts';
import { WordPieceTokenizer } from '../../../../../services/cache-engine/src/adapters/embedding/word-piece-tokenizer.ts';
import { fc } from '../../../../support/property.ts';

const START = 101;
const END = 102;
const json = readFileSync(MODEL.tokenizerFile, 'utf8');
const tokenizer = new WordPieceTokenizer(json, MODEL.maxTokens);

/** Texts with what the reference implementation, Hugging Face's tokenizers 0.2x, makes of them when special tokens are text. */
const reference = JSON.parse(
  readFileSync(new URL('fixtures/tokenisations.json', import.meta.url), 'utf8'),
) as readonly (readonly [text: string, ids: readonly number[]])[];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.lorem({ maxCount: 200 }),
);

describe('The WordPiece tokenizer', () => {
  it('makes of every text what the reference implementation makes of it', () => {
    assert.ok(reference.length > 50);
    for (const [text, ids] of reference) assert.deepEqual(tokenizer.encode(text), ids, JSON.stringify(text));
  });

  it('gives for any text at all a start, an end, and between them no more than the model reads', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const ids = tokenizer.encode(text);
        assert.equal(ids[0], START);
        assert.equal(ids.at(-1), END);
        assert.ok(ids.length >= 2 && ids.length <= MODEL.maxTokens);
        assert.ok(ids.slice(1, -1).every((id) => Number.isInteger(id) && id !== START && id !== END));
      }),
    );
  });

  it('does not tell letters by case or accent', () => {
    fc.assert(
      fc.property(fc.lorem(), (text) => {
        assert.deepEqual(tokenizer.encode(text.toUpperCase()), tokenizer.encode(text));
        assert.deepEqual(tokenizer.encode(text.replace(/e/g, 'é')), tokenizer.encode(text));
      }),
    );
  });

  it('cuts what is too long at the end', () => {
    const short = new WordPieceTokenizer(json, 5);
    assert.deepEqual(short.encode('who pays for the flowers'), [...tokenizer.encode('who pays for').slice(0, -1), END]);
  });

  it('refuses a file with another kind of vocabulary', () => {
    const other = JSON.stringify({ model: { type: 'BPE', vocab: {} } });
    assert.throws(() => new WordPieceTokenizer(other, 128), { message: /"BPE": it must be WordPiece/ });
    const empty = JSON.stringify({ model: { type: 'WordPiece', vocab: {} } });
    assert.throws(() => new WordPieceTokenizer(empty, 128), { message: /has no \[CLS\]/ });
  });
});
