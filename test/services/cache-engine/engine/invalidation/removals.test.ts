import assert from 'node:assert/strict';
import { names, Removals } from '../../../../../services/cache-engine/src/engine/invalidation/removals.ts';
import { fc } from '../../../../support/property.ts';

const partition = fc.constantFrom('p', 'q', 'r');

describe('the removals that were heard of', () => {
  it('are seen from every mark before them, and from none after', () => {
    fc.assert(
      fc.property(fc.array(partition, { maxLength: 30 }), fc.nat(30), partition, (before, split, asked) => {
        const removals = new Removals();
        const [early, late] = [before.slice(0, split), before.slice(split)];
        for (const one of early) removals.note(one);
        const { mark } = removals;
        for (const one of late) removals.note(one);
        assert.equal(removals.since(mark, `${asked}:key`), late.includes(asked));
        assert.equal(removals.since(removals.mark, `${asked}:key`), false);
      }),
    );
  });

  it('are never forgotten, however many follow: in doubt the answer is yes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 30_000 }), (before, after) => {
        const removals = new Removals();
        for (let i = 0; i < before; i++) removals.note('q');
        const { mark } = removals;
        removals.note('p');
        for (let i = 0; i < after; i++) removals.note('q');
        assert.ok(removals.since(mark, 'p:key'));
      }),
      { numRuns: 30 },
    );
  });

  it('leave other partitions alone as long as they are remembered', () => {
    const removals = new Removals();
    const { mark } = removals;
    for (let i = 0; i < 4096; i++) removals.note('q');
    assert.equal(removals.since(mark, 'p:key'), false);
  });

  it('may be any after a gap, and are known again from then on', () => {
    const removals = new Removals();
    removals.note('q');
    const { mark } = removals;
    removals.missed();
    assert.ok(removals.since(mark, 'p:key'));
    const later = removals.mark;
    removals.note('q');
    assert.deepEqual([removals.since(later, 'p:key'), removals.since(later, 'q:key')], [false, true]);
  });

  it('name all of a partition, frames, or single keys', () => {
    assert.ok(names({ scope: 'partition' }, 'p:a', 'f'));
    assert.deepEqual(
      ['f', 'g'].map((frame) => names({ scope: 'frames', frames: ['f'] }, 'p:a', frame)),
      [true, false],
    );
    assert.deepEqual(
      ['p:a', 'p:b'].map((key) => names({ scope: 'keys', keys: ['p:a'] }, key, 'f')),
      [true, false],
    );
  });
});
