import assert from 'node:assert/strict';
import type { History, RegionFigures } from '../../../services/region-operator/src/wire.ts';
import { extended, MINUTES } from '../../../services/console/src/live/chart-lines.ts';

const STEP = 15;
const POINTS = (MINUTES * 60) / STEP + 1;
const BEGINS = 1_780_000_000;

const history = (): History => {
  const line = (name: string) => ({ name, values: Array.from({ length: POINTS }, (_, at) => at) });
  return {
    instants: Array.from({ length: POINTS }, (_, at) => BEGINS + at * STEP),
    requests: [line('requests')],
    hitRate: [line('hit rate')],
    latency: ['p50', 'p95', 'p99'].map(line),
  };
};
const figuresAt = (seconds: number, changes: Partial<RegionFigures> = {}) =>
  ({
    at: new Date(seconds * 1000).toISOString(),
    requestsPerSecond: 52,
    hitRate: 0.9,
    latency: { p50: 1, p95: 2, p99: 3 },
    ...changes,
  }) as RegionFigures;

describe('The lines of a chart', () => {
  const ends = BEGINS + MINUTES * 60;

  it('get what is heard at their end, and lose what is older than an hour', () => {
    const { instants, requests, latency } = extended(history(), figuresAt(ends + 20));
    assert.deepEqual([instants[0], instants.at(-1)], [BEGINS + 30, ends + 20]);
    assert.deepEqual([requests[0]?.values[0], requests[0]?.values.at(-1)], [2, 52]);
    assert.deepEqual(
      latency.map(({ values }) => values.at(-1)),
      [1, 2, 3],
    );
    for (const { values } of [...requests, ...latency]) assert.equal(values.length, instants.length);
  });

  it('have a gap where there is nothing', () => {
    const { hitRate, latency } = extended(history(), figuresAt(ends + 5, { hitRate: null, latency: null }));
    assert.deepEqual([hitRate[0]?.values.at(-1), latency[0]?.values.at(-1)], [null, null]);
  });

  it('do not go back in time', () => {
    const known = history();
    assert.equal(extended(known, figuresAt(ends)), known);
  });

  it('begin anew after an absence of hours', () => {
    const { instants, requests } = extended(history(), figuresAt(ends + 7200));
    assert.deepEqual([instants, requests[0]?.values], [[ends + 7200], [52]]);
  });
});
