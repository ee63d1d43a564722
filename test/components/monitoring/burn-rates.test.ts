import assert from 'node:assert/strict';
import { type AlertCase, promtoolTest } from './promtool.ts';
import { bucket, but, day, GROUPS, onBothDays, POD, WEEKDAY, WELL, WITHOUT_CALENDAR } from './region.ts';

const failing = (share: string) => but({ [`wedsync_cache_errors_total{${POD},status="5xx",route="queries"}`]: share });
const missing = (share: string) =>
  but({ [`wedsync_cache_answers_total{${POD},source="miss",route="queries"}`]: share });
const slow = (share: string) => but(Object.fromEntries(['0.2', '0.3', '0.5'].map((le) => [bucket(le), share])));

const CASES: readonly AlertCase[] = [
  ...onBothDays('all is well', WELL, { at: '1h', weekday: [], wedding: [] }),

  // 99.95 % off the peak, 99.98 % in it; a weekday's page needs 14.4 times the budget in an hour and in five minutes.
  ...onBothDays('one in 100 requests fails', failing('0+15xN'), {
    at: '65m',
    weekday: ['AvailabilityBudgetBurn', 'AvailabilityBudgetBurn, again'],
    wedding: ['AvailabilityPeakBudgetBurn', 'AvailabilityPeakBudgetBurn, again'],
  }),
  ...onBothDays('one in 250 requests fails for a quarter of an hour', failing('0+0x240 0+6xN'), {
    at: '74m',
    // A ticket: with little more than an hour behind it, it is above what three days may have.
    weekday: ['AvailabilityBudgetBurn'],
    wedding: ['AvailabilityPeakBudgetBurn'],
  }),
  {
    name: 'four failed requests of a quiet night',
    series: {
      ...but({
        [`wedsync_cache_answers_total{${POD},source="hot",route="queries"}`]: '0+0x200 0+1xN',
        [`wedsync_cache_answers_total{${POD},source="miss",route="queries"}`]: '0+0xN',
        [`wedsync_cache_errors_total{${POD},status="5xx",route="queries"}`]: '0+0x200 4+0xN',
        [`wedsync_cache_answer_duration_seconds_count{${POD}}`]: '0+0x200 0+1xN',
        ...Object.fromEntries(['0.2', '0.3', '0.5'].map((le) => [bucket(le), '0+0x200 0+1xN'])),
      }),
      ...WEEKDAY,
    },
    at: '53m',
    firing: [],
  },
  ...onBothDays('nine in ten answers take 400 ms', but({ [bucket('0.2')]: '0+150xN', [bucket('0.3')]: '0+150xN' }), {
    at: '65m',
    weekday: ['LatencyBudgetBurn', 'LatencyBudgetBurn, again'],
    wedding: ['LatencyWeddingDayBudgetBurn', 'LatencyWeddingDayBudgetBurn, again'],
  }),
  {
    name: 'nine in ten answers take 400 ms, on a weekday in summer',
    series: { ...but({ [bucket('0.2')]: '0+150xN', [bucket('0.3')]: '0+150xN' }), ...day(0, 1) },
    at: '65m',
    firing: [],
  },
  {
    name: 'nine in ten answers take a second, on a weekday in summer',
    series: { ...slow('0+150xN'), ...day(0, 1) },
    at: '65m',
    firing: ['LatencyPeakBudgetBurn', 'LatencyPeakBudgetBurn, again'],
  },
  {
    name: 'a fifth of the answers are misses',
    series: { ...missing('0+360xN'), ...WEEKDAY },
    at: '65m',
    firing: ['HitRateBudgetBurn'],
  },
  {
    name: 'a cold cache, for its first half hour',
    series: { ...missing('0+15000xN'), ...WEEKDAY },
    at: '30m',
    firing: [],
  },
];

describe('the error budgets of a region', function () {
  this.timeout(120_000);

  it('raise alerts when they burn too fast, and no other', () => promtoolTest(WITHOUT_CALENDAR, CASES, 60));

  it('are each seen burning', () => {
    const slo = GROUPS.filter(({ name }) => name.startsWith('wedsync.slo'));
    const names = new Set(slo.flatMap(({ alerts = [] }) => alerts.map(({ name }) => name)));
    const fired = new Set(CASES.flatMap(({ firing }) => firing));
    assert.deepEqual(
      [...names].filter((name) => !fired.has(name)),
      [],
    );
  });
});
