import assert from 'node:assert/strict';
import { matchesPattern } from '../../../../../services/cache-engine/src/engine/invalidation/selector.ts';
import { fc } from '../../../../support/property.ts';

/** The pattern as a regular expression that backtracks: right, and slow for what an attacker writes. */
function naive(pattern: string): RegExp {
  const parts = pattern.toLowerCase().split('*');
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 'su');
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.', '?', '\n', ' '), maxLength: 12 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.', '?', '\n', ' ', '*', '*'), maxLength: 8 });

describe('a pattern of questions', () => {
  it('matches what a regular expression would', () => {
    fc.assert(
      fc.property(pattern, letters, (given, text) => {
        assert.equal(matchesPattern(given, text), naive(given).test(text.toLowerCase()));
      }),
      { numRuns: 2000 },
    );
  });

  it('matches every text that it was made from', () => {
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 5 }),
        fc.array(letters, { minLength: 4, maxLength: 4 }),
        (parts, fills) => {
          const text = parts.map((part, at) => part + (at === parts.length - 1 ? '' : fills[at % 4])).join('');
          assert.ok(matchesPattern(parts.join('*'), text));
        },
      ),
    );
  });

  it('matches the whole text, whatever its case and its way to write an accent', () => {
    assert.ok(matchesPattern('*canapÉ*', 'How many canape\u0301s?'));
    assert.ok(!matchesPattern('how', 'How many?'));
    assert.ok(!matchesPattern('', 'How many?'));
    assert.ok(matchesPattern('**', ''));
  });

  it('does not let its ends meet in the same letters', () => {
    assert.ok(!matchesPattern('ab*ba', 'aba'));
    assert.ok(matchesPattern('ab*ba', 'abba'));
    assert.ok(!matchesPattern('a*bc*c', 'abc'));
  });

  it('is done with quickly, however many stars it has', () => {
    // A backtracking matcher would be at this for longer than the universe has been there.
    assert.ok(!matchesPattern(`${'*a'.repeat(500)}b`, 'a'.repeat(10_000)));
  });
});
