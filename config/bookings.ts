import { type BookingsCalendar, busyDays, type CalendarDate, parseBookings, type RegionName } from '@wedsync/domain';
import { readFileSync } from 'node:fs';

/** What a region's bookings let expect: `config/bookings/REGION.json`. */
export function bookingsOf(region: RegionName): BookingsCalendar {
  const file = new URL(`./bookings/${region}.json`, import.meta.url);
  return parseBookings(JSON.parse(readFileSync(file, 'utf8')), region);
}

/** The days that a region's bookings mark as busy, with how many times an average day's weddings each has. */
export function busyTimesOf(region: RegionName): ReadonlyMap<CalendarDate, number> {
  return busyDays(bookingsOf(region));
}

/** The days that a region's bookings mark as busy. */
export function busyDaysOf(region: RegionName): ReadonlySet<CalendarDate> {
  return new Set(busyTimesOf(region).keys());
}
