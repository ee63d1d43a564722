import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { DataKey } from '../../../../../services/cache-engine/src/engine/sealing/data-key.ts';
import { keyIdOf, open, seal } from '../../../../../services/cache-engine/src/engine/sealing/seal.ts';
import { fc } from '../../../../support/property.ts';

const keyIds = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
});
const keys = fc.tuple(keyIds, fc.uint8Array({ minLength: 32, maxLength: 32 })).map(([id, bytes]) => {
  return new DataKey(id, 0, Buffer.from(bytes));
});
const places = fc.string({ maxLength: 80 });
const plains = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

describe('seal and open', () => {
  it('give back what was sealed, whatever it is', () => {
    fc.assert(
      fc.property(keys, places, plains, (key, place, plain) => {
        assert.deepEqual(open(key, place, seal(key, place, plain)), plain);
      }),
    );
  });

  it('show the id of the key, and nothing of what is sealed', () => {
    fc.assert(
      fc.property(keys, places, (key, place) => {
        const plain = randomBytes(64);
        const sealed = seal(key, place, plain);
        assert.equal(keyIdOf(sealed), key.id);
        assert.equal(sealed.indexOf(plain.subarray(0, 8)), -1);
      }),
    );
  });

  it('do not open what has any one bit flipped', () => {
    const key = new DataKey('12', 0, randomBytes(32));
    const sealed = seal(key, 'partition:digest', Buffer.from('the answer'));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const tampered = Buffer.from(sealed);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(open(key, 'partition:digest', tampered), undefined, `bit ${bit}`);
    }
  });

  it('do not open what is cut or has something added, at any length', () => {
    const key = new DataKey('12', 0, randomBytes(32));
    const sealed = seal(key, 'partition:digest', Buffer.from('the answer'));
    for (let length = 0; length < sealed.length; length++) {
      assert.equal(open(key, 'partition:digest', sealed.subarray(0, length)), undefined, `${length} bytes`);
    }
    assert.equal(open(key, 'partition:digest', Buffer.concat([sealed, Buffer.of(0)])), undefined);
  });

  it('do not open a record in the place of another one', () => {
    fc.assert(
      fc.property(keys, places, places, plains, (key, place, other, plain) => {
        fc.pre(place !== other);
        assert.equal(open(key, other, seal(key, place, plain)), undefined);
      }),
    );
  });

  it('do not open with another key, be it of the same name', () => {
    fc.assert(
      fc.property(keys, places, plains, (key, place, plain) => {
        assert.equal(open(new DataKey(key.id, 0, randomBytes(32)), place, seal(key, place, plain)), undefined);
      }),
    );
  });

  it('do not open what moves a character between the id of the key and the place', () => {
    const secret = randomBytes(32);
    const sealed = seal(new DataKey('1', 0, secret), '2partition', Buffer.from('x'));
    const moved = Buffer.concat([Buffer.from([1, 2]), Buffer.from('12'), sealed.subarray(3)]);
    assert.equal(open(new DataKey('12', 0, secret), 'partition', moved), undefined);
  });

  it('do not open anything that was never sealed, and throw at none of it', () => {
    fc.assert(
      fc.property(keys, plains, (key, bytes) => {
        assert.equal(open(key, 'place', bytes), undefined);
        assert.equal(
          open(key, 'place', Buffer.concat([Buffer.from([1, key.id.length]), Buffer.from(key.id), bytes])),
          undefined,
        );
      }),
    );
  });

  it('seal the same text differently each time', () => {
    const key = new DataKey('1', 0, randomBytes(32));
    const sealed = Array.from({ length: 1000 }, () => seal(key, 'place', Buffer.from('x')).toString('hex'));
    assert.equal(new Set(sealed).size, 1000);
  });
});

describe('a data key', () => {
  it('takes no secret but one of 32 bytes, and no name that would not fit the head of a record', () => {
    assert.throws(() => new DataKey('1', 0, randomBytes(16)), /32 bytes, not 16/);
    for (const id of ['', 'ü', 'a b', 'x'.repeat(256)])
      assert.throws(() => new DataKey(id, 0, randomBytes(32)), RangeError);
  });

  it('is spent after 2^20 records of one process', () => {
    const key = new DataKey('1', 0, randomBytes(32));
    for (let count = 1; count < 2 ** 20; count++) key.countSeal();
    assert.equal(key.spent, false);
    seal(key, 'place', Buffer.from('x'));
    assert.equal(key.spent, true);
  });
});
