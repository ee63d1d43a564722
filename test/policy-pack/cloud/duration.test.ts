import assert from 'node:assert/strict';
import { daysBetweenRuns, daysOf } from '../../../policy-pack/cloud/duration.ts';

describe('Durations as the clouds write them', () => {
  it('are read in days', () => {
    assert.deepEqual(
      ['2592000s', 'P30D', 'P1M', 'P4W', 'PT720H', 'P1Y', 'P1M1D'].map(daysOf),
      [30, 30, 31, 28, 30, 365, 32],
    );
  });

  it('are not guessed', () => {
    assert.deepEqual(['', 'P', 'monthly', '30', 'P-1D'].map(daysOf), Array(5).fill(undefined));
  });
});

describe('Schedules of AWS', () => {
  it('tell the days between their runs', () => {
    const expressions = [
      'rate(28 days)',
      'rate(1 day)',
      'rate(12 hours)',
      'cron(0 3 1 * ? *)',
      'cron(0 3 15,31 * ? *)',
      'cron(0 3 ? * MON *)',
      'cron(0 3 * * ? *)',
    ];
    assert.deepEqual(expressions.map(daysBetweenRuns), [28, 1, 0.5, 31, 31, 7, 1]);
  });

  it('that skip months, run once or make no sense tell nothing', () => {
    const expressions = [
      'cron(0 3 1 1,4,7,10 ? *)',
      'cron(0 3 31 * ? *)',
      'at(2026-01-01T00:00:00)',
      'rate(often)',
      '',
    ];
    assert.deepEqual(expressions.map(daysBetweenRuns), Array(5).fill(undefined));
  });
});
