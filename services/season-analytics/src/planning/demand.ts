import { type CalendarDate, type RegionName, type Season, seasonOfMonth } from '@wedsync/domain';
import { mean, median } from 'simple-statistics';
import { isSaturdayDate } from '../calendar/day.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { History } from '../history/history.ts';

/** What a day will ask of a region. */
export interface DayDemand {
  readonly date: CalendarDate;
  /** The middle of what may come in the day's busiest hour. */
  readonly hour: number;
  /** What 97.5 of 100 such hours stay below: the upper end of the 95 % interval. */
  readonly highHour: number;
  /** Questions of the whole day. */
  readonly queries: number;
}

/** What the coming days will ask of a region. */
export interface RegionDemand {
  readonly region: RegionName;
  readonly days: readonly DayDemand[];
  /** The share of questions that the cache answers. */
  readonly hitRate: number;
}

/** What a forecast of days does not say, and is taken from the last year of the history, or assumed where that does not know it. */
export interface DayProfile {
  readonly hitRate: number;
  /** The busiest hour's share of a day. */
  readonly peakHourShare: { readonly saturday: number; readonly other: number };
}

const LAST_DAYS = 365;

/** A region's profile: the median of its last year, and of `assumed` what it does not know. */
export function profileOf({ days }: History, assumed: DayProfile): DayProfile {
  const last = days.slice(-LAST_DAYS);
  const known = (values: readonly (number | undefined)[], otherwise: number) => {
    const numbers = values.filter((value) => value !== undefined);
    return numbers.length === 0 ? otherwise : median(numbers);
  };
  const shares = (saturday: boolean) =>
    last.filter(({ date }) => isSaturdayDate(date) === saturday).map((day) => day.peakHourShare);
  return {
    hitRate: known(
      last.map(({ hitRate }) => hitRate),
      assumed.hitRate,
    ),
    peakHourShare: {
      saturday: known(shares(true), assumed.peakHourShare.saturday),
      other: known(shares(false), assumed.peakHourShare.other),
    },
  };
}

/** A forecast of days as the busiest hours of these days. */
export function demandOf(region: RegionName, { days }: Forecast, { hitRate, peakHourShare }: DayProfile): RegionDemand {
  return {
    region,
    hitRate,
    days: days.map(({ date, expected, intervals }) => {
      const share = isSaturdayDate(date) ? peakHourShare.saturday : peakHourShare.other;
      return { date, queries: expected, hour: expected * share, highHour: intervals[0.95].high * share };
    }),
  };
}

/** The hours of a season by which it is planned; questions an hour. */
export interface SeasonDemand {
  readonly season: Season;
  readonly days: number;
  readonly queriesADay: number;
  /** The busiest hour of the middle one of the days that are no Saturdays. */
  readonly ordinaryHour: number;
  /** The Saturday whose busiest hour is expected to be the greatest. */
  readonly saturday: { readonly date: CalendarDate; readonly hour: number; readonly highHour: number };
  /** The day whose busiest hour may be the greatest. */
  readonly busiest: { readonly date: CalendarDate; readonly hour: number; readonly highHour: number };
}

/** What a season asks for; `undefined` where no Saturday and no other day of it was forecast. */
export function seasonDemand({ days }: RegionDemand, season: Season): SeasonDemand | undefined {
  const own = days.filter(({ date }) => seasonOfMonth(Number(date.slice('YYYY-'.length, 'YYYY-MM'.length))) === season);
  const saturdays = own.filter(({ date }) => isSaturdayDate(date));
  const others = own.filter(({ date }) => !isSaturdayDate(date));
  const [saturday, busiest] = [greatest(saturdays, ({ hour }) => hour), greatest(own, ({ highHour }) => highHour)];
  if (saturday === undefined || busiest === undefined || others.length === 0) return undefined;
  return {
    season,
    days: own.length,
    queriesADay: mean(own.map(({ queries }) => queries)),
    ordinaryHour: median(others.map(({ hour }) => hour)),
    saturday,
    busiest,
  };
}

function greatest<T>(items: readonly T[], of: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || of(item) > of(best) ? item : best),
    undefined,
  );
}
