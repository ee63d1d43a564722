import { type CalendarDate, regionIdentity, type RegionName, SATURDAY_SHARE } from '@wedsync/domain';
import { type Day, dateOf, dayFrom, dayOf, isSaturdayDay, partsOf, weekdayOf, yearsBetween } from '../calendar/day.ts';
import { holidayOf } from '../calendar/holidays.ts';
import { normal, seededRandom } from '../random.ts';
import type { History } from './history.ts';

/** How a year, a week and a day are spread; any unit, since only proportions count. */
export interface Shares {
  /** Weddings by month, January first. */
  readonly months: readonly number[];
  /** Weddings that are not on a Saturday by weekday, Monday first. */
  readonly otherDays: readonly number[];
  /** Questions by hour of a Saturday and of another day, midnight first. */
  readonly saturdayHours: readonly number[];
  readonly otherHours: readonly number[];
}

/** What a generated history is made from; its words name every one of these. */
export interface GeneratedFigures {
  readonly region: RegionName;
  readonly first: CalendarDate;
  readonly last: CalendarDate;
  readonly seed: number;
  /** The mean of all hours of the last year. */
  readonly queriesAnHour: number;
  /** How much more is asked from year to year. */
  readonly growth: number;
  readonly hitRate: number;
  readonly weddingsAYear: number;
  /** The share of weddings on Saturdays. @default the product's planning figure */
  readonly saturdayShare?: number;
  readonly shares: Shares;
}

/** The share of a day's questions that come whatever the weddings of the day: planning goes on all year. An assumption. */
const STEADY_SHARE = 0.5;
/** How far single days, and whole weeks, lie apart from what the shares say (standard deviation of the logarithm). An assumption. */
const NOISE = { day: 0.08, week: 0.05 };
/** What Christmas leaves of a day's questions. An assumption. */
const CHRISTMAS = 0.4;
const DAYS_A_WEEK = 7;
const HOURS_A_DAY = 24;
/** The mean of the Gregorian calendar. */
const DAYS_A_YEAR = 365.2425;

/** A history made up for demonstration, where none was measured: by the published shares of month and weekday, with noise. */
export function generatedHistory(figures: GeneratedFigures): History {
  const {
    region,
    first,
    last,
    seed,
    queriesAnHour,
    growth,
    hitRate,
    weddingsAYear,
    shares,
    saturdayShare = SATURDAY_SHARE,
  } = figures;
  const random = seededRandom(seed);
  const [begin, end] = [dayOf(first), dayOf(last)];
  let ofWeek = 0;
  const days = Array.from({ length: end - begin + 1 }, (_, index) => {
    const day = begin + index;
    if (index % DAYS_A_WEEK === 0) ofWeek = 0.5 * ofWeek + NOISE.week * normal(random);
    const busy = weddingShape(day, shares, saturdayShare);
    const level = queriesAnHour * HOURS_A_DAY * (1 + growth) ** yearsBetween(end, day);
    const quiet = holidayOf(day) === 'christmas' ? CHRISTMAS : 1;
    const factor = Math.exp(ofWeek + NOISE.day * normal(random));
    return {
      date: dateOf(day),
      queries: Math.round(level * quiet * factor * (STEADY_SHARE + (1 - STEADY_SHARE) * busy)),
      hitRate: Math.min(1, Math.max(0, Number((hitRate + 0.005 * normal(random)).toFixed(4)))),
      weddings: Math.round((weddingsAYear / DAYS_A_YEAR) * busy),
      peakHourShare: Number(busiestShare(isSaturdayDay(day) ? shares.saturdayHours : shares.otherHours).toFixed(4)),
    };
  });
  const { zone } = regionIdentity(region);
  return { region, zone, days, origin: { kind: 'generated', words: wordsOf(figures, saturdayShare) } };
}

/** How far a day stands above an average one by its month and its weekday, taken as independent of each other. */
function weddingShape(day: Day, { months, otherDays }: Shares, saturdayShare: number): number {
  const { year, month } = partsOf(day);
  const daysOfMonth = dayFrom(year, month + 1, 1) - dayFrom(year, month, 1);
  const ofMonth = ((months[month - 1] ?? 0) / sum(months)) * (DAYS_A_YEAR / daysOfMonth);
  const other = ((otherDays[weekdayOf(day) - 1] ?? 0) / sum(otherDays)) * (1 - saturdayShare);
  return ofMonth * (isSaturdayDay(day) ? saturdayShare : other) * DAYS_A_WEEK;
}

function busiestShare(hours: readonly number[]): number {
  return Math.max(...hours) / sum(hours);
}

function sum(shares: readonly number[]): number {
  return shares.reduce((total, share) => total + share, 0);
}

function wordsOf(
  { first, last, seed, queriesAnHour, growth, hitRate, weddingsAYear, shares }: GeneratedFigures,
  saturdayShare: number,
): string {
  const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;
  return (
    `made up for demonstration from ${first} to ${last}, nothing of it measured (seed ${seed}): ${queriesAnHour.toLocaleString('en-GB')} queries an hour on average at its end, ` +
    `growth ${percent(growth)} a year, hit rate ${percent(hitRate)}, ${weddingsAYear.toLocaleString('en-GB')} weddings a year, ${percent(saturdayShare)} of them on Saturdays, ` +
    `other weekdays and months by shares of the Office for National Statistics (August ${percent((shares.months[7] ?? 0) / sum(shares.months))}, ` +
    `January ${percent((shares.months[0] ?? 0) / sum(shares.months))}; Friday ${percent(((shares.otherDays[4] ?? 0) / sum(shares.otherDays)) * (1 - saturdayShare))}), half of the questions whatever the weddings of the day`
  );
}
