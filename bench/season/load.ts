import { addDays, isSaturday, startOfDate, type CalendarDate, type TimeZone } from '@wedsync/domain';
import type { Parameters } from './settings.ts';
import { FIRST_DAY } from './population.ts';
import { MONTH_SHARES, SATURDAY_HOURS, WEEKDAY_HOURS } from './shares.ts';

/** An hour of the trace. */
export interface Hour {
  readonly date: CalendarDate;
  /** Epoch milliseconds. */
  readonly begins: number;
  /** The share of all askings that fall into it. */
  readonly share: number;
}

const HOUR = 3_600_000;
const OTHER_DAYS = 6;

/** The hours of a trace in order: busy as the weddings of the month are many, on Saturdays, and by the time of day. */
export function hoursOf(parameters: Parameters, zone: TimeZone): readonly Hour[] {
  const saturdays = parameters['saturday-requests'];
  const hours = Array.from({ length: parameters.days }, (_, day) => addDays(FIRST_DAY, parameters.start + day)).flatMap(
    (date) => {
      const month = MONTH_SHARES[new Date(date).getUTCMonth()] ?? 0;
      const [weight, profile] = isSaturday(date)
        ? [saturdays, SATURDAY_HOURS]
        : [(1 - saturdays) / OTHER_DAYS, WEEKDAY_HOURS];
      const total = profile.reduce<number>((sum, share) => sum + share, 0);
      const midnight = startOfDate(zone, date);
      return profile.map((share, hour) => ({
        date,
        begins: midnight + hour * HOUR,
        share: (month * weight * share) / total,
      }));
    },
  );
  const all = hours.reduce((sum, { share }) => sum + share, 0);
  return hours.map((hour) => ({ ...hour, share: hour.share / all }));
}
