import assert from 'node:assert/strict';
import { Histogram, Registry } from 'prom-client';
import { histogramQuantile, parseSamples, total } from '../../../local/region/metrics.ts';

describe('scraped metrics', () => {
  it('are read with their labels, escapes and special values', () => {
    const text = '# HELP a text\n# TYPE a counter\na{b="x\\"y,z}",c="1"} 2\na{b="other"} 3\nplain 4.5e-3\nnan NaN\n';
    assert.deepEqual(parseSamples(text).slice(0, 3), [
      { name: 'a', labels: { b: 'x\\"y,z}', c: '1' }, value: 2 },
      { name: 'a', labels: { b: 'other' }, value: 3 },
      { name: 'plain', labels: {}, value: 0.0045 },
    ]);
    assert.equal(total(parseSamples(text), 'a'), 5);
    assert.equal(total(parseSamples(text), 'a', { b: 'other' }), 3);
  });

  it('give the quantile of a real histogram, linear within its bucket', async () => {
    const registry = new Registry();
    const histogram = new Histogram({ name: 'h', help: 'h', buckets: [1, 2, 4], registers: [registry] });
    for (const value of [0.5, 1.5, 1.5, 3]) histogram.observe(value);
    const samples = parseSamples(await registry.metrics());
    assert.equal(histogramQuantile(0.5, samples, 'h'), 1.5);
    assert.equal(histogramQuantile(1, samples, 'h'), 4);
    assert.ok(Number.isNaN(histogramQuantile(0.5, samples, 'another')));
  });

  it('give the last bound where the quantile lies beyond it', async () => {
    const registry = new Registry();
    new Histogram({ name: 'h', help: 'h', buckets: [1], registers: [registry] }).observe(5);
    assert.equal(histogramQuantile(0.95, parseSamples(await registry.metrics()), 'h'), 1);
  });
});
