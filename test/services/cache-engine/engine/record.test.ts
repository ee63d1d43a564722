import assert from 'node:assert/strict';
import { Alias } from '../../../../services/cache-engine/src/engine/alias.ts';
import { Entry } from '../../../../services/cache-engine/src/engine/entry.ts';
import { decodeRecord, encodeRecord } from '../../../../services/cache-engine/src/engine/record.ts';
import { fc } from '../../../support/property.ts';
import { completion, lifetime, MAKING } from '../support/questions.ts';

const instant = fc.integer({ min: 0, max: 9_999_999_999_999 });

describe('entries and their records', () => {
  it('come back from a record as they went in', () => {
    fc.assert(
      fc.property(fc.uint8Array(), instant, instant, (bytes, bornAt, end) => {
        const entry = new Entry(Buffer.from(bytes), lifetime(bornAt, end), MAKING);
        const decoded = decodeRecord(encodeRecord(entry));
        assert.ok(decoded instanceof Entry);
        assert.deepEqual(
          [Uint8Array.from(decoded.body), decoded.lifetime, decoded.making],
          [bytes, lifetime(bornAt, end), MAKING],
        );
      }),
    );
  });

  it('carry aliases and stubs of what is in the cold tier', () => {
    const alias = new Alias('p:target', { by: 'small/1', similarity: 0.83, at: 5 }, 99);
    assert.deepEqual(decodeRecord(encodeRecord(alias)), alias);
    assert.deepEqual(decodeRecord(encodeRecord({ cold: true, goneAt: 7 })), { cold: true, goneAt: 7 });
  });

  it('are not read from anything that is not a record, or of another version', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        assert.equal(decodeRecord(Buffer.from(bytes)), undefined);
      }),
    );
    const record = encodeRecord(Entry.of(completion('At nine.'), lifetime(1, 2), MAKING)).toString();
    assert.equal(decodeRecord(Buffer.from(record.replace(/^3/, '2'))), undefined);
  });

  it('keep the completion through the record', () => {
    const given = completion('Um neun. 🌹', { reasoning_content: 'kept as it came' });
    const decoded = decodeRecord(encodeRecord(Entry.of(given, lifetime(1, 2), MAKING)));
    assert.ok(decoded instanceof Entry);
    assert.deepEqual(decoded.completion, given);
  });

  it('tell age and time left in whole seconds, never below nothing', () => {
    const entry = Entry.of(completion('x'), lifetime(10_000, 20_000), MAKING);
    assert.deepEqual([entry.ageSeconds(15_999), entry.secondsLeft(15_999)], [5, 4]);
    assert.deepEqual([entry.ageSeconds(9_000), entry.secondsLeft(30_000)], [0, 0]);
  });
});
