import { busyDays, type BookingsCalendar, type TimeZone } from '@wedsync/domain';

/** Days on which no slot moves, beside Saturdays. */
export interface QuietDays {
  /** The region's time zone as POSIX has it: an image of Redis knows no zones by name. */
  readonly posixZone: string;
  /** Dates, as `YYYY-MM-DD`. */
  readonly dates: readonly string[];
}

/** Summer time from the last Sunday of March, 01:00 UTC, to the last of October, as in both zones since 1996. */
const POSIX_ZONES: Readonly<Record<TimeZone, string>> = {
  'Europe/London': 'GMT0BST,M3.5.0/1,M10.5.0',
  'Europe/Dublin': 'GMT0IST,M3.5.0/1,M10.5.0',
};

/** The quiet days of a region: those that its bookings mark as busy. */
export function quietDays(zone: TimeZone, bookings: BookingsCalendar): QuietDays {
  return { posixZone: POSIX_ZONES[zone], dates: [...busyDays(bookings).keys()].sort() };
}
