import { describeDate, describeInstant, type Freeze, type FrozenDay, dateIn, type TimeZone } from '@wedsync/domain';

const CITIES: Readonly<Record<TimeZone, string>> = { 'Europe/London': 'London', 'Europe/Dublin': 'Dublin' };

/** Why a day is frozen, or the hours before or after it: a sentence. */
export function whyFrozen(day: FrozenDay, { from }: Pick<Freeze, 'from'>, instant: number, zone: TimeZone): string {
  const city = CITIES[zone];
  if (dateIn(zone, instant) !== day.date)
    return `The freeze for ${describeDate(day.date)} in ${city} began on ${describeInstant(from, zone)}.`;
  return day.reason === 'saturday'
    ? `It is Saturday in ${city}, and on Saturdays most weddings take place.`
    : `The bookings calendar marks this day as busy, with ${day.timesAverage.toFixed(1)} times an average day's weddings.`;
}
