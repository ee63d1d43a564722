import { type CalendarDate, dateIn, daysBetween, startOfDate, type TimeZone } from './calendar.ts';
import { vendorProfile, type VendorType } from './vendors.ts';

/** What an answer's time to live depends on. */
export interface TimeToLiveFacts {
  readonly vendorType: VendorType;
  /** The couple's wedding day; left out for a question that concerns no wedding. */
  readonly weddingDate?: CalendarDate | undefined;
  /** The zone of the couple's calendar. */
  readonly zone: TimeZone;
  /** The instant of the answer, epoch milliseconds. */
  readonly now: number;
  /** Instants (epoch milliseconds) that change the answer: final numbers due, balance due. Past ones are ignored. */
  readonly changesAt?: readonly number[];
}

/** How near the wedding is, as a factor of the time to live: 0.25 within 1 day, 0.5 within 7 days, 1 otherwise. */
export function nearness(daysAway: number): number {
  const distance = Math.abs(daysAway);
  if (distance <= 1) return 0.25;
  return distance <= 7 ? 0.5 : 1;
}

/**
 * How long an answer may be served, in whole seconds, at least 1:
 * base ÷ volatility × nearness, and never past the next date that changes it (the wedding day's beginning among them).
 */
export function timeToLive(facts: TimeToLiveFacts): number {
  const { vendorType, weddingDate, zone, now, changesAt = [] } = facts;
  const { baseTimeToLive, volatility } = vendorProfile(vendorType);
  const daysAway = weddingDate === undefined ? Infinity : daysBetween(dateIn(zone, now), weddingDate);
  const changes = weddingDate === undefined ? changesAt : [...changesAt, startOfDate(zone, weddingDate)];
  const untilChange = Math.min(...changes.filter((instant) => instant > now).map((instant) => (instant - now) / 1000));
  return Math.max(1, Math.floor(Math.min((baseTimeToLive / volatility) * nearness(daysAway), untilChange)));
}
