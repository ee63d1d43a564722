import assert from 'node:assert/strict';
import { isWeddingDate, WEDDING_YEARS } from '@wedsync/domain';
import { Compile } from 'typebox/compile';
import { linesOf } from '../../../../services/cache-engine/src/http/parcel-lines.ts';
import { ChatCompletionRequest, tagsIn } from '../../../../services/cache-engine/src/http/schemas.ts';
import { WEDDING_DATE_PATTERN } from '../../../../services/cache-engine/src/http/schemas/texts.ts';
import { fc } from '../../../support/property.ts';

describe('the schemas of the API', () => {
  it('take for a wedding’s date exactly what is one', () => {
    const pattern = new RegExp(WEDDING_DATE_PATTERN, 'u');
    const digits = (length: number, most: number) => fc.nat(most).map((one) => String(one).padStart(length, '0'));
    for (let year = WEDDING_YEARS.earliest - 2; year <= WEDDING_YEARS.latest + 2; year++) {
      for (const day of [
        '01-01',
        '02-28',
        '02-29',
        '02-30',
        '04-30',
        '04-31',
        '12-31',
        '12-32',
        '00-10',
        '13-01',
        '06-00',
      ])
        assert.equal(pattern.test(`${year}-${day}`), isWeddingDate(`${year}-${day}`), `${year}-${day}`);
    }
    fc.assert(
      fc.property(digits(4, 2200), digits(2, 14), digits(2, 33), (year, month, day) => {
        const date = `${year}-${month}-${day}`;
        assert.equal(pattern.test(date), isWeddingDate(date), date);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => assert.equal(pattern.test(text), isWeddingDate(text))));
  });

  it('take for tags in one text nothing that cannot be told apart into tags', () => {
    const schema = Compile(ChatCompletionRequest);
    const piece = fc.string({ unit: fc.constantFrom('a', ' ', ',', 'ü', '\t'), maxLength: 70 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 18 }), (pieces) => {
        const tags = pieces.join(',');
        const taken = schema.Check({ model: 'm', messages: [{}], metadata: { tags } });
        if (taken) assert.ok((tagsIn(tags) ?? []).length > 0, JSON.stringify(tags));
      }),
    );
    assert.ok(schema.Check({ model: 'm', messages: [{}], metadata: { tags: 'a, b ,c' } }));
  });
});

describe('lines of a stream', () => {
  it('are the same however the stream is cut, numbered, without the empty ones', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat(20)), async (texts, cuts) => {
        const lines = texts.map((text) => text.replaceAll('\n', ' '));
        const bytes = Buffer.from(lines.join('\n'));
        async function* pieces() {
          let from = 0;
          for (const cut of cuts) yield bytes.subarray(from, (from += cut));
          yield bytes.subarray(from);
        }
        const read = [];
        for await (const { number, text } of linesOf(pieces(), 1 << 20)) read.push([number, text]);
        const decoded = lines.map((line) => Buffer.from(line).toString());
        assert.deepEqual(
          read,
          decoded.flatMap((line, index) => (line.trim() === '' ? [] : [[index + 1, line]])),
        );
      }),
    );
  });

  it('are given without their text when they are too long, and the next ones as they are', async () => {
    async function* pieces() {
      yield* [Buffer.from('ok\n'), Buffer.alloc(600, 'x'), Buffer.alloc(600, 'x'), Buffer.from('\nend')];
    }
    const read = [];
    for await (const line of linesOf(pieces(), 1000)) read.push(line);
    assert.deepEqual(read, [
      { number: 1, text: 'ok' },
      { number: 2, text: undefined },
      { number: 3, text: 'end' },
    ]);
  });
});
