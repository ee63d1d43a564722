import type { CalendarDate } from '@wedsync/domain';
import { dateOf, type Day } from '../calendar/day.ts';
import { AnalyticsError } from '../analytics-error.ts';
import { blockBootstrap, type DailySum, type Estimate } from './bootstrap.ts';
import { errorsOf, type Errors, type Pair } from './errors.ts';
import { type Intervals, type Level, LEVELS } from './intervals.ts';
import { predict, type Tuning } from './log-linear.ts';
import { ahead, fitAt, origins } from './rolling.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { part, type Series, spanOf } from './series.ts';
import { tune } from './tuning.ts';

/** How the model and the seasonal naive forecast did on the same days. */
export interface Comparison {
  /** Days ahead, both included. */
  readonly horizon: { readonly from: number; readonly to: number };
  readonly forecasts: number;
  readonly model: Errors;
  readonly naive: Errors;
  /** Mean absolute error of the model less that of the naive one: below 0 the model is better. */
  readonly difference: Estimate;
  /** Whether the whole interval of the difference lies below 0. */
  readonly beatsNaive: boolean;
  /** The share of days that lay inside of the intervals. */
  readonly coverage: Readonly<Record<Level, Estimate>>;
}

/** What came of a backtest. */
export interface Backtest {
  readonly series: string;
  /** The model was chosen, and its intervals made, on days before these. */
  readonly heldBack: { readonly first: CalendarDate; readonly last: CalendarDate };
  readonly tuning: Tuning;
  readonly origins: number;
  /** All horizons together, and each. */
  readonly whole: Comparison;
  readonly byHorizon: readonly Comparison[];
}

interface Judged extends Pair {
  readonly day: Day;
  readonly daysAhead: number;
  readonly naive: number;
  readonly intervals: Intervals;
}

const ORIGIN_STEP = 28;
const LONGEST = 366;
const HORIZONS = [
  { from: 1, to: 91 },
  { from: 92, to: 182 },
  { from: 183, to: LONGEST },
];

/**
 * Forecasts held-back days from origins four weeks apart, each of which has seen all days before it. Nothing that can be chosen is chosen on those days: the
 * setting and the intervals come from the days before the first of them.
 *
 * @param firstHeldBack the first day that is held back
 * @throws AnalyticsError where too little is left on either side of that day.
 */
export function backtest(series: Series, firstHeldBack: Day, seed: number): Backtest {
  const { last } = spanOf(series);
  const known = part(series, -Infinity, firstHeldBack - 1);
  if (known.values.size === 0 || last - firstHeldBack < ORIGIN_STEP)
    throw new AnalyticsError(
      `${series.name} ends on ${dateOf(last)}, and ${dateOf(firstHeldBack)} is the first day that would be held back. Hold back at least four weeks of it, and not all.`,
    );
  const { tuning, intervals } = tune(known);
  const scale = naiveErrorOf(known);
  const from = origins(firstHeldBack - 1, last, ORIGIN_STEP);
  const judged = from.flatMap((origin) => {
    const fitted = fitAt(series, origin, tuning.halfLifeYears);
    return ahead(series, origin, LONGEST, last).flatMap(({ day, daysAhead, actual }): Judged[] => {
      const naive = seasonalNaive(series, origin, day);
      if (naive === undefined) return [];
      const forecast = predict(fitted, day, tuning);
      return [{ day, daysAhead, actual, naive, forecast, intervals: intervals.around(forecast, day, daysAhead) }];
    });
  });
  const compareWithin = (horizon: Comparison['horizon']) =>
    compare(
      horizon,
      judged.filter(({ daysAhead }) => daysAhead >= horizon.from && daysAhead <= horizon.to),
      scale,
      seed,
    );
  return {
    series: series.name,
    heldBack: { first: dateOf(firstHeldBack), last: dateOf(last) },
    tuning,
    origins: from.length,
    whole: compareWithin({ from: 1, to: LONGEST }),
    byHorizon: HORIZONS.filter((horizon) => judged.some(({ daysAhead }) => daysAhead >= horizon.from)).map(
      compareWithin,
    ),
  };
}

function compare(horizon: Comparison['horizon'], judged: readonly Judged[], scale: number, seed: number): Comparison {
  const estimate = (of: (one: Judged) => number) => blockBootstrap(byDay(judged, of), seed);
  const difference = estimate(({ forecast, naive, actual }) => Math.abs(forecast - actual) - Math.abs(naive - actual));
  const inside = (level: Level) =>
    estimate(({ actual, intervals }) => Number(actual >= intervals[level].low && actual <= intervals[level].high));
  return {
    horizon,
    forecasts: judged.length,
    model: errorsOf(judged, scale),
    naive: errorsOf(
      judged.map(({ naive, actual }) => ({ forecast: naive, actual })),
      scale,
    ),
    difference,
    beatsNaive: difference.high < 0,
    coverage: Object.fromEntries(LEVELS.map((level) => [level, inside(level)])) as unknown as Comparison['coverage'],
  };
}

/** Sums of a figure by the day that was forecast, in the order of time: forecasts of one day are off together. */
function byDay(judged: readonly Judged[], of: (one: Judged) => number): readonly DailySum[] {
  const days = new Map<Day, { sum: number; count: number }>();
  for (const one of judged) {
    const before = days.get(one.day) ?? { sum: 0, count: 0 };
    days.set(one.day, { sum: before.sum + of(one), count: before.count + 1 });
  }
  return [...days].sort(([one], [other]) => one - other).map(([, sum]) => sum);
}

/** The mean absolute error of the seasonal naive forecast a year ahead, within the series. */
function naiveErrorOf(series: Series): number {
  const errors = [...series.values].flatMap(([day, value]) => {
    const naive = seasonalNaive(series, day - 1, day);
    return naive === undefined ? [] : [Math.abs(value - naive)];
  });
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}
