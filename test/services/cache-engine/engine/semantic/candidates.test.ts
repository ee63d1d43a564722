import assert from 'node:assert/strict';
import { rank } from '../../../../../services/cache-engine/src/engine/semantic/candidates.ts';
import { fc } from '../../../../support/property.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const byWords = fc.uniqueArray(id, { maxLength: 7 });
/** Neighbours as an index gives them: nearest first, no two alike. */
const byVector = fc
  .uniqueArray(fc.record({ id, similarity: fc.double({ min: -1, max: 1, noNaN: true }) }), {
    selector: (neighbour) => neighbour.id,
    maxLength: 7,
  })
  .map((neighbours) => neighbours.sort((one, other) => other.similarity - one.similarity));

describe('neighbours by vector and ranking by words put together', () => {
  it('hold every id once, as many as are wanted', () => {
    fc.assert(
      fc.property(byVector, byWords, fc.nat(10), (neighbours, words, count) => {
        const all = new Set<string>([...neighbours.map((neighbour) => neighbour.id), ...words]);
        const ranked = rank(neighbours, words, count);
        assert.equal(ranked.length, Math.min(count, all.size));
        assert.equal(new Set(ranked).size, ranked.length);
        assert.ok(ranked.every((one) => all.has(one)));
      }),
    );
  });

  it('are the one when there is no other', () => {
    fc.assert(
      fc.property(byVector, byWords, (neighbours, words) => {
        assert.deepEqual(
          rank(neighbours, [], 99),
          neighbours.map((neighbour) => neighbour.id),
        );
        assert.deepEqual(rank([], words, 99), words);
      }),
    );
  });

  it('put first what is ahead in both', () => {
    fc.assert(
      fc.property(byVector, byWords, (neighbours, words) => {
        const ranked = rank(neighbours, words, 99);
        const similarity = new Map<string, number>(neighbours.map((neighbour) => [neighbour.id, neighbour.similarity]));
        for (const [place, one] of words.entries())
          for (const other of words.slice(place + 1)) {
            const [near, far] = [similarity.get(one), similarity.get(other)];
            if (near === undefined || far === undefined || near <= far) continue;
            assert.ok(ranked.indexOf(one) < ranked.indexOf(other), `${one} before ${other}`);
          }
      }),
    );
  });

  it('let words decide between neighbours that are much alike, and not between others', () => {
    const neighbours = (similarity: number) => [
      { id: 'a', similarity: 0.9 },
      { id: 'b', similarity },
    ];
    assert.deepEqual(rank(neighbours(0.85), ['b'], 1), ['b']);
    assert.deepEqual(rank(neighbours(0.6), ['b'], 1), ['a']);
  });
});
