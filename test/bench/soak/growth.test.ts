import assert from 'node:assert/strict';
import { growthOf, type Sample } from '../../../bench/soak/growth.ts';

/** Samples every ten seconds for an hour, of memory by seconds. */
function samples(mibAt: (seconds: number, index: number) => number): Sample[] {
  return Array.from({ length: 361 }, (_, index) => ({ at: index * 10, mib: mibAt(index * 10, index) }));
}

describe('growth of memory', () => {
  it('finds a leak under the teeth of a collected heap', () => {
    const { slope, low, high } = growthOf(samples((seconds, index) => 100 + (36 * seconds) / 3600 + (index % 7) * 5));
    assert.ok(low > 20 && high < 52, `${low} to ${high}`);
    assert.ok(Math.abs(slope - 36) < 6, String(slope));
  });

  it('does not take for growth what fills up in the first half', () => {
    const { slope } = growthOf(samples((seconds) => 100 + Math.min(seconds, 1800) / 10));
    assert.ok(Math.abs(slope) < 1e-6, String(slope));
  });

  it('says nothing after too short a time', () => {
    assert.ok(Number.isNaN(growthOf(samples(() => 1).slice(0, 20)).slope));
  });
});
