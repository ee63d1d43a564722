import assert from 'node:assert/strict';
import { decodeRecord, encodeRecord, Entry } from '../../../../services/cache-engine/src/engine/entry.ts';
import { fc } from '../../../support/property.ts';
import { completion } from '../support/questions.ts';

const instant = fc.integer({ min: 0, max: 9_999_999_999_999 });

describe('entries and their records', () => {
  it('come back from a record as they went in', () => {
    fc.assert(
      fc.property(fc.uint8Array(), instant, instant, (bytes, bornAt, expiresAt) => {
        const decoded = decodeRecord(encodeRecord(new Entry(Buffer.from(bytes), bornAt, expiresAt)));
        assert.deepEqual(decoded && [Uint8Array.from(decoded.body), decoded.bornAt, decoded.expiresAt], [
          bytes,
          bornAt,
          expiresAt,
        ]);
      }),
    );
  });

  it('are not read from a record that was cut anywhere', () => {
    const record = encodeRecord(Entry.of(completion('At nine.'), 1, 2));
    for (let length = 0; length < record.length; length++) {
      assert.equal(decodeRecord(record.subarray(0, length)), undefined, `cut to ${length} bytes`);
    }
  });

  it('are not read from anything that is not a record, or of another version', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        assert.equal(decodeRecord(Buffer.from(bytes)), undefined);
      }),
    );
    const record = encodeRecord(Entry.of(completion('At nine.'), 1, 2)).toString();
    assert.equal(decodeRecord(Buffer.from(record.replace(/^1/, '2'))), undefined);
  });

  it('keep the completion through the record', () => {
    const given = completion('Um neun. 🌹', { reasoning_content: 'kept as it came' });
    assert.deepEqual(decodeRecord(encodeRecord(Entry.of(given, 1, 2)))?.completion, given);
  });

  it('tell age and time left in whole seconds, never below nothing', () => {
    const entry = Entry.of(completion('x'), 10_000, 20_000);
    assert.deepEqual([entry.ageSeconds(15_999), entry.secondsLeft(15_999)], [5, 4]);
    assert.deepEqual([entry.ageSeconds(9_000), entry.secondsLeft(30_000)], [0, 0]);
  });
});
