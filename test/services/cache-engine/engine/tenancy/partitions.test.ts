import assert from 'node:assert/strict';
import { VENDOR_TYPES } from '@wedsync/domain';
import { digestOf, partitionOf, shortDigestOf } from '../../../../../services/cache-engine/src/engine/answer-key.ts';
import {
  coupleDigest,
  frameEncoding,
  tagDigest,
  weddingDigest,
} from '../../../../../services/cache-engine/src/engine/place.ts';
import type { Question } from '../../../../../services/cache-engine/src/engine/question.ts';
import { sharedPartition } from '../../../../../services/cache-engine/src/engine/tenancy/sharing.ts';
import { fc } from '../../../../support/property.ts';

/** Ids that run together wherever somebody joins, folds, trims, normalises or encodes. */
const NASTY = [
  ...['smith', 'Smith', 'SMITH', ' smith', 'smith ', 'smith\0', 'smith\n', 'ſmith', 'smıth', 'smİth'],
  ...['é', 'e\u0301', 'ﬁ', 'fi', 'Å', 'Å', 'A\u030a', 'ｓｍｉｔｈ', 'sm\u200bith', '\ufeffsmith'],
  ...['\ud800', '\udc00', '\ufffd', '\ud83d', '😀', '\udc00\ud83d', '\\ud800'],
  ...['a:b', 'a', ':b', 'a:', 'a|b', 'a,b', 'a","b', '["a","b"]', '{a}', '}{', '*', '?', '..', '/', '%', '\\', '"', ''],
  ...['vendor', 'shared', 'venue', '["shared","venue"]', 'shared","venue', 'null', 'undefined', '0', '1e3', '1000'],
];

const ids = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

describe('partitions and digests', () => {
  it('are all different for ids that look alike', () => {
    for (const digest of [partitionOf, weddingDigest, coupleDigest, tagDigest, digestOf]) {
      assert.equal(new Set(NASTY.map(digest)).size, new Set(NASTY).size, digest.name);
    }
  });

  it('differ whenever the ids do', () => {
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        assert.equal(partitionOf(one) === partitionOf(other), one === other);
      }),
    );
  });

  it('are never the same for a vendor, a wedding, a couple, a tag and a shared scope', () => {
    const shared = new Set(VENDOR_TYPES.map(sharedPartition));
    assert.equal(shared.size, VENDOR_TYPES.length);
    fc.assert(
      fc.property(fc.oneof(ids, fc.constantFrom(...VENDOR_TYPES)), (id) => {
        const digests = [partitionOf(id), weddingDigest(id), coupleDigest(id), tagDigest(id)];
        assert.equal(new Set(digests).size, digests.length);
        for (const digest of digests) assert.equal(shared.has(digest), false);
      }),
    );
  });

  it('are plain names, whatever the ids hold', () => {
    fc.assert(
      fc.property(ids, (id) => {
        assert.match(partitionOf(id), /^[\w-]{22}$/);
        assert.match(digestOf(id), /^[\w-]{43}$/);
      }),
    );
  });

  it('keep apart what only differs in where one id ends and the next begins', () => {
    const parts = fc.array(ids, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = one.length === other.length && one.every((part, index) => part === other[index]);
        assert.equal(shortDigestOf(one) === shortDigestOf(other), same);
      }),
    );
  });

  it('keep frames apart in which ids change places', () => {
    const contexts = fc.record(
      { vendorId: ids, weddingId: ids, coupleId: ids, location: ids, weddingDate: ids },
      { requiredKeys: ['vendorId'] },
    );
    const frame = (context: object) =>
      digestOf(
        frameEncoding({
          context: { vendorType: 'venue', ...context },
          model: 'm',
          messages: [],
          parameters: {},
        } as unknown as Question),
      );
    fc.assert(
      fc.property(contexts, contexts, (one, other) => {
        const entries = (context: object) => JSON.stringify(Object.entries(context).sort());
        assert.equal(frame(one) === frame(other), entries(one) === entries(other));
      }),
    );
  });
});
