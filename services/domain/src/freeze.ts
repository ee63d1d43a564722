import { addDays, dateIn, isSaturday, startOfDate, type TimeZone } from './calendar.ts';

/** Whether changes are allowed at an instant; when not, until when (epoch milliseconds). */
export type ChangeFreeze = { readonly frozen: false } | { readonly frozen: true; readonly until: number };

/**
 * The change freeze: all of Saturday by the calendar of `zone`. In summer time that is Friday 23:00 UTC to Saturday 23:00 UTC.
 */
export function changeFreezeAt(instant: number, zone: TimeZone): ChangeFreeze {
  const today = dateIn(zone, instant);
  return isSaturday(today) ? { frozen: true, until: startOfDate(zone, addDays(today, 1)) } : { frozen: false };
}
