import assert from 'node:assert/strict';
import { backtest, seriesOf } from '@wedsync/season-analytics';
import { dayOf } from '../../../services/season-analytics/src/calendar/day.ts';
import { fc } from '../../support/property.ts';
import { errorsOf } from '../../../services/season-analytics/src/forecast/errors.ts';
import { history } from './support.ts';

describe('a backtest', function () {
  const heldBack = dayOf('2026-05-01');
  const series = seriesOf(history('uk-south', { first: '2023-01-01', growth: 0.25 }));

  it('compares the model with the seasonal naive one on the same held-back days, with intervals and the seed', () => {
    const { heldBack: days, origins, whole, byHorizon } = backtest(series, heldBack, 11);
    assert.deepEqual([days, origins], [{ first: '2026-05-01', last: '2026-10-31' }, 7]);
    assert.equal(
      whole.forecasts,
      byHorizon.reduce((sum, { forecasts }) => sum + forecasts, 0),
    );
    assert.ok(Math.abs(whole.difference.mean - (whole.model.mae - whole.naive.mae)) < 1e-6 * whole.naive.mae);
    assert.equal(whole.difference.seed, 11);
    assert.equal(whole.beatsNaive, whole.difference.high < 0);
    assert.ok(whole.coverage[0.8].mean <= whole.coverage[0.95].mean);
    // The history grows by 25 % a year, which a forecast of last year's figures cannot know.
    assert.ok(whole.beatsNaive);
  });

  it('chooses nothing on held-back days', () => {
    const otherwise = {
      ...series,
      values: new Map([...series.values].map(([day, value]) => [day, day < heldBack ? value : 7 * value])),
    };
    assert.deepEqual(backtest(otherwise, heldBack, 1).tuning, backtest(series, heldBack, 1).tuning);
  });

  it('lets no origin see what comes after it', () => {
    const first = heldBack + 27;
    const until = (days: number) => new Map([...series.values].filter(([day]) => day <= days));
    const before = backtest({ ...series, values: until(first + 1) }, heldBack, 1);
    const changed = until(first + 1);
    changed.set(first + 1, 5 * (changed.get(first + 1) ?? 0));
    const after = backtest({ ...series, values: changed }, heldBack, 1);
    // Only what came on the last day differs, so the errors differ by no more than that day's change for each of its forecasts.
    const change = 4 * (series.values.get(first + 1) ?? 0);
    const total = (one: typeof before) => one.whole.model.mae * one.whole.forecasts;
    const forecasts = before.origins;
    assert.ok(Math.abs(total(after) - total(before)) <= change * forecasts + 1e-6);
    assert.equal(after.whole.forecasts, before.whole.forecasts);
  });

  it('is refused where nothing is left to fit, or to hold back', () => {
    for (const day of ['2023-01-01', '2026-10-20'])
      assert.throws(() => backtest(series, dayOf(day), 1), {
        name: 'UserError',
        message: /Hold back at least four weeks of it, and not all\.$/,
      });
    assert.throws(() => backtest(series, dayOf('2024-06-01'), 1), { name: 'UserError', message: /needs 1096/ });
  });
});

describe('errors of forecasts', () => {
  it('are worked out as they are defined', () => {
    const { mae, rmse, mase, smape } = errorsOf(
      [
        { forecast: 3, actual: 1 },
        { forecast: 4, actual: 8 },
        { forecast: 0, actual: 0 },
      ],
      4,
    );
    assert.deepEqual([mae, rmse, mase, smape], [2, Math.sqrt(20 / 3), 0.5, (1 + 8 / 12) / 3]);
    assert.throws(() => errorsOf([], 1), RangeError);
  });

  it('grow with the unit, but for those that have none', () => {
    const pair = fc.record({ forecast: fc.integer({ min: 0, max: 1000 }), actual: fc.integer({ min: 0, max: 1000 }) });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1 }), (pairs) => {
        const thousand = pairs.map(({ forecast, actual }) => ({ forecast: forecast * 1024, actual: actual * 1024 }));
        const [one, other] = [errorsOf(pairs, 10), errorsOf(thousand, 10_240)];
        assert.ok(
          Math.abs(other.mae - 1024 * one.mae) < 1e-6 * (1 + other.mae) &&
            Math.abs(other.rmse - 1024 * one.rmse) < 1e-6 * (1 + other.rmse),
        );
        assert.ok(Math.abs(other.mase - one.mase) < 1e-9 && Math.abs(other.smape - one.smape) < 1e-9);
      }),
    );
  });
});
