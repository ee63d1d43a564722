import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { compress, expand } from '../../../../../services/cache-engine/src/engine/sealing/compression.ts';
import { fc } from '../../../../support/property.ts';

const MEBIBYTE = 1024 * 1024;

describe('compress and expand', () => {
  it('give back what was packed, whatever it is', () => {
    const records = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.string({ maxLength: 2000 }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(records, (record) => {
        assert.deepEqual(expand(compress(Buffer.from(record))), Buffer.from(record));
      }),
    );
  });

  it('make prose smaller, and what cannot be made smaller one byte longer', () => {
    const prose = Buffer.from('A first dance takes three minutes, and the speeches take forty. '.repeat(20));
    assert.ok(compress(prose).length < prose.length / 4);
    const noise = randomBytes(1000);
    assert.equal(compress(noise).length, 1001);
  });

  it('refuse what would expand beyond the bound, and what is too large to be packed', () => {
    const bomb = Buffer.concat([Buffer.of(1), zstdCompressSync(Buffer.alloc(64 * MEBIBYTE))]);
    assert.ok(bomb.length < 10_000);
    assert.equal(expand(bomb), undefined);
    const most = Buffer.alloc(16 * MEBIBYTE);
    assert.equal(expand(compress(most))?.length, most.length);
    assert.throws(() => compress(Buffer.alloc(16 * MEBIBYTE + 1)), RangeError);
  });

  it('expand nothing that was not packed, and throw at none of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const packed = Buffer.from(bytes);
        if (packed[0] !== 0) assert.equal(expand(packed), undefined);
        assert.equal(expand(Buffer.concat([Buffer.of(1), packed])), undefined);
      }),
    );
    assert.equal(expand(Buffer.alloc(0)), undefined);
    const cut = compress(Buffer.alloc(5000, 'abc'));
    assert.equal(expand(cut.subarray(0, -1)), undefined);
  });
});
