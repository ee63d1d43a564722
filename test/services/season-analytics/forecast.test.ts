import assert from 'node:assert/strict';
import { blockBootstrap, forecast, parseSeries, seriesOf, type Series } from '@wedsync/season-analytics';
import { dateOf, dayOf, isSaturdayDay } from '../../../services/season-analytics/src/calendar/day.ts';
import { EmpiricalIntervals } from '../../../services/season-analytics/src/forecast/intervals.ts';
import { leastSquares } from '../../../services/season-analytics/src/forecast/least-squares.ts';
import { dampedYears, fit, predict } from '../../../services/season-analytics/src/forecast/log-linear.ts';
import { seasonalNaive } from '../../../services/season-analytics/src/forecast/seasonal-naive.ts';
import { fc } from '../../support/property.ts';
import { history, seriesFrom } from './support.ts';

const TUNING = { halfLifeYears: 1.5, trendKept: 0.3, levelFollowed: 0.5 };
const scaled = ({ name, values }: Series, factor: number): Series => ({
  name,
  values: new Map([...values].map(([day, value]) => [day, value * factor])),
});
const near = (actual: number, expected: number, share = 1e-6) =>
  assert.ok(
    Math.abs(actual - expected) <= share * Math.max(1, Math.abs(expected)),
    `${actual} is not near ${expected}`,
  );

describe('the model', () => {
  const two = fc
    .array(fc.integer({ min: 0, max: 100_000 }), { minLength: 731, maxLength: 760 })
    .filter((values) => values.some((value) => value > 0));

  it('never forecasts below 0, and nothing that is no number, whatever the history', () => {
    fc.assert(
      fc.property(two, (values) => {
        const fitted = fit(seriesFrom('2024-01-01', values), 1.5);
        for (const ahead of [1, 60, 366, 549]) {
          const expected = predict(fitted, fitted.last + ahead, TUNING);
          assert.ok(expected >= 0 && Number.isFinite(expected));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('forecasts so many times as much of a history of so many times as much', () => {
    fc.assert(
      fc.property(two, fc.double({ min: 0.01, max: 1000, noNaN: true }), (values, factor) => {
        const series = seriesFrom('2024-01-01', values);
        const [one, other] = [fit(series, 1.5), fit(scaled(series, factor), 1.5)];
        for (const ahead of [1, 200, 549])
          near(predict(other, other.last + ahead, TUNING) / factor, predict(one, one.last + ahead, TUNING));
      }),
      { numRuns: 15 },
    );
  });

  it('finds again what a history without noise was made from', () => {
    const first = dayOf('2023-01-01');
    const truth = (day: number) =>
      1000 *
      1.2 ** ((day - first) / 365.2425) *
      (isSaturdayDay(day) ? 3 : 1) *
      Math.exp(0.4 * Math.sin((2 * Math.PI * (day - first)) / 365.2425));
    const fitted = fit(
      seriesFrom(
        '2023-01-01',
        Array.from({ length: 3 * 365 }, (_, index) => truth(first + index)),
      ),
      4,
    );
    for (let day = fitted.last + 1; day <= fitted.last + 365; day += 13)
      near(predict(fitted, day, { ...TUNING, trendKept: 1, levelFollowed: 0 }), truth(day), 0.03);
  });

  it('damps a trend: all of it, none of it, or what is left of it each year', () => {
    assert.deepEqual([dampedYears(1.5, 1), dampedYears(1.5, 0)], [1.5, 0]);
    const half = [0.5, 1, 2].map((years) => dampedYears(years, 0.5));
    assert.ok(half.every((years, index) => years > 0 && years < [0.5, 1, 2][index]!));
    near(dampedYears(100, 0.5), 1 / Math.LN2, 1e-3);
  });

  it('solves least squares, and leaves what was never seen at 0', () => {
    const points = [
      [1, 0],
      [1, 1],
      [1, 2],
    ] as const;
    const observations = points.map((features, index) => ({
      features: [...features, 0],
      value: 5 + 2 * index,
      weight: index + 1,
    }));
    const [level, slope, unseen] = leastSquares(observations, 3, 1e-9, 2);
    near(level ?? NaN, 5);
    near(slope ?? NaN, 2);
    assert.equal(unseen, 0);
    assert.throws(() => leastSquares([{ features: [1, 1], value: 1, weight: 1 }], 2, 0, 2), /Too few different days/);
  });
});

describe('the seasonal naive forecast', () => {
  const values = Array.from({ length: 3 * 365 }, (_, index) => index);
  const series = seriesFrom('2023-01-01', values);
  const last = dayOf('2025-12-30');

  it('is the same weekday of the same week a year before, or the last year that is known', () => {
    const of = (date: string) => {
      const value = seasonalNaive(series, last, dayOf(date));
      return value === undefined ? undefined : dateOf(dayOf('2023-01-01') + value);
    };
    assert.equal(of('2026-08-15'), '2025-08-16');
    assert.equal(of('2027-05-15'), '2025-05-10');
    assert.equal(of('2027-01-02'), '2025-12-27');
    assert.equal(of('2035-01-01'), undefined);
  });

  it('never looks past the last day that was seen, and goes a year farther where a day is missing', () => {
    const gap = { ...series, values: new Map([...series.values].filter(([day]) => day !== dayOf('2025-08-16'))) };
    assert.equal(seasonalNaive(gap, last, dayOf('2026-08-15')), series.values.get(dayOf('2024-08-17')));
    assert.equal(
      seasonalNaive(series, dayOf('2025-06-30'), dayOf('2026-08-15')),
      series.values.get(dayOf('2024-08-17')),
    );
  });
});

describe('prediction intervals', () => {
  const residuals = (ratios: readonly number[]) =>
    ratios.map((logRatio, index) => ({ day: dayOf('2026-01-01') + index, daysAhead: 1 + (index % 549), logRatio }));

  it('hold the forecast, lie one inside of the other, and never reach below 0', () => {
    const ratio = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(ratio, { minLength: 1, maxLength: 400 }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 549 }),
        (ratios, expected, daysAhead) => {
          const { 0.8: inner, 0.95: outer } = new EmpiricalIntervals(residuals(ratios)).around(
            expected,
            dayOf('2027-04-17'),
            daysAhead,
          );
          assert.ok(0 <= outer.low && outer.low <= inner.low && inner.low <= expected);
          assert.ok(expected <= inner.high && inner.high <= outer.high);
        },
      ),
    );
  });

  it('are those of the farthest horizon that was tried where none was tried so far, and never those of all together', () => {
    const of = (daysAhead: number, width: number) =>
      Array.from({ length: 150 }, (_, index) => ({
        day: dayOf('2026-01-05'),
        daysAhead,
        logRatio: (width * (index - 75)) / 75,
      }));
    const intervals = new EmpiricalIntervals([...of(10, 0.1), ...of(300, 1)]);
    assert.equal(intervals.farthest, 300);
    const monday = dayOf('2027-01-04');
    assert.deepEqual(intervals.around(1, monday, 500), intervals.around(1, monday, 200));
    assert.ok(intervals.around(1, monday, 500)[0.8].high > 2 && intervals.around(1, monday, 10)[0.8].high < 1.2);
    assert.deepEqual(intervals.around(1, monday, 100), intervals.around(1, monday, 10));
  });

  it('hold the shares that they promise of residuals like those that they were made from', () => {
    const ratios = Array.from({ length: 999 }, (_, index) => (index - 499) / 1000);
    const { 0.8: inner, 0.95: outer } = new EmpiricalIntervals(
      ratios.map((logRatio) => ({ day: dayOf('2026-01-01'), daysAhead: 10, logRatio })),
    ).around(1, dayOf('2027-01-01'), 10);
    const inside = ({ low, high }: { low: number; high: number }) =>
      ratios.filter((ratio) => Math.exp(ratio) >= low && Math.exp(ratio) <= high).length;
    assert.ok(Math.abs(inside(inner) - 800) <= 2, String(inside(inner)));
    assert.ok(Math.abs(inside(outer) - 950) <= 2, String(inside(outer)));
  });
});

describe('the bootstrap', () => {
  it('is the same for the same seed, holds the mean, and is wider where days hang together', () => {
    const days = (of: (index: number) => number) =>
      Array.from({ length: 560 }, (_, index) => ({ sum: of(index), count: 1 }));
    const [fast, slow] = [days((index) => index % 2), days((index) => Math.floor(index / 56) % 2)];
    assert.deepEqual(blockBootstrap(fast, 3), blockBootstrap(fast, 3));
    const [narrow, wide] = [blockBootstrap(fast, 3), blockBootstrap(slow, 3)];
    assert.ok(narrow.low <= narrow.mean && narrow.mean <= narrow.high);
    assert.ok(wide.high - wide.low > 5 * (narrow.high - narrow.low));
  });
});

describe('a forecast', () => {
  it('goes on where the history ends, 18 months at most, with its setting, growth and intervals', () => {
    const { days, lastKnown, trials, triedAhead } = forecast(seriesOf(history()), 18);
    assert.deepEqual([lastKnown, days[0]?.date, days.at(-1)?.date], ['2026-10-31', '2026-11-01', '2028-04-30']);
    assert.deepEqual(trials, { first: '2025-10-31', last: '2026-10-31' });
    assert.equal(triedAhead, 365);
    const of = (date: string) => days.find((day) => day.date === date);
    const [saturday, monday, winter] = [of('2027-08-14'), of('2027-08-16'), of('2027-01-16')];
    assert.ok(saturday && monday && winter);
    assert.ok(saturday.expected > 1.5 * monday.expected && saturday.expected > 1.5 * winter.expected);
    for (const { expected, intervals } of days)
      assert.ok(
        0 <= intervals[0.95].low &&
          intervals[0.95].low <= intervals[0.8].low &&
          intervals[0.8].low <= expected &&
          expected <= intervals[0.8].high &&
          intervals[0.8].high <= intervals[0.95].high,
      );
  });

  it('is refused on less than three years, with what is needed', () => {
    assert.throws(() => forecast(seriesOf(history('uk-south', { first: '2024-11-01' })), 12), {
      name: 'UserError',
      message: /^There are 730 days of .*needs 1096: two years to fit, and one to try it on\.$/,
    });
  });
});

describe('a series file', () => {
  it('is read, and refused with its line', () => {
    assert.deepEqual([...parseSeries('# from x\ndate,value\n2026-01-02,5\n', 'x').values], [[dayOf('2026-01-02'), 5]]);
    assert.throws(() => parseSeries('date,value\n2026-01-02,\n', 'x'), /x: line 2 is "2026-01-02,"/);
    assert.throws(() => parseSeries('a,b\n', 'x'), /the first line is "a,b"\. Allowed: date,value/);
  });
});
