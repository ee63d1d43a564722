import { isSaturday } from '@wedsync/domain';
import type { Forecast, ForecastDay, Interval } from '@wedsync/season-analytics';
import { tableOf } from '../../../bench/lib/table.ts';
import { count, percent } from './words.ts';

/** A forecast by month: the mean of its days and of its Saturdays, and its busiest day with intervals. */
export function describeForecast({ series, lastKnown, tuning, growth, trials, triedAhead, days }: Forecast): string {
  const { halfLifeYears, trendKept, levelFollowed } = tuning;
  const head = [
    'month',
    'a day',
    'a Saturday',
    'busiest day',
    'expected',
    '80 % within',
    '95 % within',
    'seasonal naive',
  ];
  return [
    `Forecast of ${series}`,
    `Known until ${lastKnown}; it grows by ${percent(growth)} a year, of which each year keeps ${percent(trendKept, 0)}. A day counts half after ` +
      `${halfLifeYears} years; the last weeks’ level is followed by ${percent(levelFollowed, 0)}. Chosen, and intervals made, on forecasts from ${trials.first} to ${trials.last}.`,
    ...(days.length > triedAhead
      ? [
          `No forecast of the past went farther than ${triedAhead} days: intervals beyond that are those of nearer days, and too narrow.`,
        ]
      : []),
    '',
    tableOf(
      head,
      [...months(days)].map(([month, of]) => row(month, of)),
    ),
  ].join('\n');
}

function months(days: readonly ForecastDay[]): ReadonlyMap<string, ForecastDay[]> {
  return Map.groupBy(days, ({ date }) => date.slice(0, 'YYYY-MM'.length));
}

function row(month: string, days: readonly ForecastDay[]): string[] {
  const busiest = days.reduce((one, other) => (other.expected > one.expected ? other : one));
  const mean = (of: readonly ForecastDay[]) =>
    of.length === 0 ? '—' : count(of.reduce((sum, { expected }) => sum + expected, 0) / of.length);
  const span = ({ low, high }: Interval) => `${count(low)} – ${count(high)}`;
  return [
    month,
    mean(days),
    mean(days.filter(({ date }) => isSaturday(date))),
    busiest.date,
    count(busiest.expected),
    span(busiest.intervals[0.8]),
    span(busiest.intervals[0.95]),
    busiest.seasonalNaive === undefined ? '—' : count(busiest.seasonalNaive),
  ];
}
