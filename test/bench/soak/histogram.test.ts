import assert from 'node:assert/strict';
import { countOf, quantileIn, readHistogram, since } from '../../../bench/soak/histogram.ts';

const SCRAPE = `
# TYPE seconds histogram
seconds_bucket{le="0.001",service="engine",source="hot"} 90
seconds_bucket{le="0.005",service="engine",source="hot"} 99
seconds_bucket{le="+Inf",service="engine",source="hot"} 100
seconds_sum{service="engine",source="hot"} 1
seconds_bucket{le="0.001",service="engine",source="miss"} 0
seconds_bucket{le="0.005",service="engine",source="miss"} 0
seconds_bucket{le="+Inf",service="engine",source="miss"} 7
`;

describe('a scraped histogram', () => {
  const hot = readHistogram(SCRAPE, 'seconds', ({ source }) => source === 'hot');

  it('adds up the series that are asked for', () => {
    assert.equal(countOf(hot), 100);
    assert.equal(countOf(readHistogram(SCRAPE, 'seconds', () => true)), 107);
    assert.throws(() => readHistogram(SCRAPE, 'seconds', () => false), /hold no seconds/);
  });

  it('says between which bounds a quantile lies, and no more', () => {
    assert.deepEqual(quantileIn(hot, 0.5), { low: 0, high: 0.001 });
    assert.deepEqual(quantileIn(hot, 0.95), { low: 0.001, high: 0.005 });
    assert.deepEqual(quantileIn(hot, 1), { low: 0.005, high: Infinity });
  });

  it('knows nothing of what was not observed', () => {
    assert.deepEqual(quantileIn(since(hot, hot), 0.5), { low: NaN, high: NaN });
  });
});
