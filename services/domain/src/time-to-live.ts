import { dateIn, daysBetween, type TimeZone } from './calendar.ts';
import { changesOf, type WeddingDates } from './changes.ts';
import { vendorProfile, type VendorType } from './vendors.ts';

/** What an answer's time to live depends on. A question that concerns no wedding has none of the wedding's dates. */
export interface TimeToLiveFacts extends WeddingDates {
  readonly vendorType: VendorType;
  /** The zone of the couple's calendar. */
  readonly zone: TimeZone;
  /** The instant of the answer, epoch milliseconds. */
  readonly now: number;
  /** Further instants (epoch milliseconds) that change the answer. Past ones are ignored. */
  readonly changesAt?: readonly number[];
}

/** How near the wedding is, as a factor of the time to live: 0.25 within 1 day, 0.5 within 7 days, 1 otherwise. */
export function nearness(daysAway: number): number {
  const distance = Math.abs(daysAway);
  if (distance <= 1) return 0.25;
  return distance <= 7 ? 0.5 : 1;
}

/** The first instant after `now` (epoch milliseconds) that changes the answer; Infinity when none is known. */
export function nextChange(facts: Omit<TimeToLiveFacts, 'vendorType'>): number {
  const changes = [...changesOf(facts, facts.zone), ...(facts.changesAt ?? [])];
  return Math.min(...changes.filter((instant) => instant > facts.now));
}

/** Base ÷ volatility × nearness, in seconds: the time to live of an answer that no date changes. */
export function undisturbedTimeToLive({ vendorType, weddingDate, zone, now }: TimeToLiveFacts): number {
  const { baseTimeToLive, volatility } = vendorProfile(vendorType);
  const daysAway = weddingDate === undefined ? Infinity : daysBetween(dateIn(zone, now), weddingDate);
  return (baseTimeToLive / volatility) * nearness(daysAway);
}

/**
 * How long an answer may be served, in whole seconds, at least 1:
 * base ÷ volatility × nearness, and never past the next date that changes it (the wedding day's beginning among them).
 */
export function timeToLive(facts: TimeToLiveFacts): number {
  const untilChange = (nextChange(facts) - facts.now) / 1000;
  return Math.max(1, Math.floor(Math.min(undisturbedTimeToLive(facts), untilChange)));
}
