import assert from 'node:assert/strict';
import { compare, tableOfHits } from '../../../bench/lib/comparison.ts';

describe('comparing two servers', () => {
  it('judges the median of the ratios, not the ratio of the medians', () => {
    const comparison = compare('chat', [10, 30, 20], [10, 10, 20], 1.25);
    assert.deepEqual(comparison.ratio, { median: 1, least: 1, most: 3 });
    assert.equal(comparison.withinLimit, true);
    assert.equal(compare('chat', [13, 13], [10, 10], 1.25).withinLimit, false);
  });

  it('shows what lies beyond its limit', () => {
    const table = tableOfHits('Title', [compare('chat', [30], [20], 1.25)], { measured: 'engine', base: 'bare' });
    assert.match(table, /^chat +30\.0 +20\.0 +1\.50 +1\.50–1\.50 +1\.25 ✗$/m);
  });
});
