import assert from 'node:assert/strict';
import calculateSlot from 'cluster-key-slot';
import { slotOf } from '../../../../services/cache-engine/src/adapters/redis/hash-slot.ts';
import { fc } from '../../../support/property.ts';

describe('the hash slot of a key', () => {
  it('is the one that the Redis Cluster specification gives as its example', () => {
    assert.equal(slotOf('123456789'), 0x31c3);
  });

  it('is that of the part in braces', () => {
    assert.equal(slotOf('answer:{p}:x'), slotOf('p'));
    assert.equal(slotOf('{p}{q}'), slotOf('p'));
  });

  it('is that of the whole key when there is nothing in the first braces, or no end of them', () => {
    // What CLUSTER KEYSLOT of Redis 7.0 replies; client libraries differ on the second.
    const slots = { '{}': 15257, 'a{}{b}': 15033, 'a{b': 13340, 'a}b{': 6027 };
    for (const [key, slot] of Object.entries(slots)) assert.equal(slotOf(key), slot, key);
  });

  it('is for every other key the one that the client library computes', () => {
    const part = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{', '}', 'é', '🌹', ''));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        // A lone surrogate has no UTF-8, so no key has one.
        const key = parts.join('').toWellFormed();
        fc.pre(!key.includes('{}'));
        assert.equal(slotOf(key), calculateSlot(key));
      }),
    );
  });
});
