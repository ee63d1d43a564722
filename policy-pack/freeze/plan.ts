import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BookingsCalendar,
  busyDays,
  type FreezePlan,
  isRegionName,
  parseBookings,
  regionIdentity,
  SATURDAYS_ONLY,
  type TimeZone,
} from '@wedsync/domain';
import { FreezeError } from './freeze-error.ts';
import { checkSettings, type FreezeSettings } from './settings.ts';

/** The zone of a stack's freeze: what it sets, else its region's, and London's for a stack that is no region. */
export function freezeZone(stack: string, { zone }: FreezeSettings = {}): TimeZone {
  return zone ?? (isRegionName(stack) ? regionIdentity(stack).zone : 'Europe/London');
}

/** The bookings calendar of a region, from the repository; `undefined` for a stack that is no region. */
export type Bookings = (stack: string) => BookingsCalendar | undefined;

/**
 * The calendars in the folder `config/bookings` of a repository.
 *
 * @throws FreezeError (when asked) naming the file and what is wrong with it.
 */
export function bookingsIn(repository: string): Bookings {
  return (stack) => {
    if (!isRegionName(stack)) return undefined;
    const file = `config/bookings/${stack}.json`;
    try {
      return parseBookings(JSON.parse(readFileSync(join(repository, file), 'utf8')), stack);
    } catch (error) {
      throw new FreezeError(`${file} cannot be used: ${(error as Error).message}`, { cause: error });
    }
  };
}

/** @throws FreezeError naming the setting that is not allowed. */
export function freezePlan(calendar: BookingsCalendar | undefined, settings: FreezeSettings = {}): FreezePlan {
  checkSettings(settings);
  const { beginsDayBefore, endsDayAfter, busyTimesAverage } = settings;
  const busy = calendar ? busyDays(calendar, busyTimesAverage) : SATURDAYS_ONLY.busyDays;
  return { busyDays: busy, beginsDayBefore, endsDayAfter };
}
