import { type Day, shareOfYear, weekdayOf } from '../calendar/day.ts';
import { type Holiday, holidayOf, HOLIDAYS } from '../calendar/holidays.ts';

/** Waves of the year that a season is made of: the sixth lasts two months. */
const YEAR_WAVES = 6;
/** Waves by which Saturdays and Fridays have a season of their own, beside that of all days. */
const WEEKEND_WAVES = 2;
const OTHER_WEEKDAYS = [2, 3, 4, 5, 6, 7];
const WEEKEND = [5, 6];

/** What the model knows of a day beside how long ago it was: weekday, place in the year, both together, and holidays. */
export const FEATURE_COUNT =
  OTHER_WEEKDAYS.length + 2 * YEAR_WAVES + WEEKEND.length * 2 * WEEKEND_WAVES + HOLIDAYS.length;

const cache = new Map<Day, Float64Array>();

/** The features of a day, always in the same order. Monday, mid-wave and no holiday are what the others are held against. */
export function featuresOf(day: Day): Float64Array {
  const known = cache.get(day);
  if (known !== undefined) return known;
  const features = Float64Array.from(make(day));
  cache.set(day, features);
  return features;
}

function make(day: Day): number[] {
  const weekday = weekdayOf(day);
  const share = shareOfYear(day);
  const holiday: Holiday | undefined = holidayOf(day);
  const waves = (count: number) =>
    Array.from({ length: count }, (_, index) => 2 * Math.PI * (index + 1) * share).flatMap((angle) => [
      Math.sin(angle),
      Math.cos(angle),
    ]);
  return [
    ...OTHER_WEEKDAYS.map((other) => Number(weekday === other)),
    ...waves(YEAR_WAVES),
    ...WEEKEND.flatMap((one) => waves(WEEKEND_WAVES).map((wave) => (weekday === one ? wave : 0))),
    ...HOLIDAYS.map((one) => Number(holiday === one)),
  ];
}
