import { type CalendarDate, isCalendarDate } from './calendar.ts';
import { averageDay } from './weddings.ts';

/** What a region's bookings let expect. Port: whoever has the bookings writes it, the freeze reads it. */
export interface BookingsCalendar {
  /** The region for which it speaks. */
  readonly region: string;
  /** The day on which the figures were taken. */
  readonly asOf: CalendarDate;
  /** Where they come from, for the reader. */
  readonly source: string;
  /** The days for which the calendar speaks, both included; about others it knows nothing. */
  readonly first: CalendarDate;
  readonly last: CalendarDate;
  /** Weddings of a whole year, against which a day is held. */
  readonly weddingsAYear: number;
  /** Weddings expected on single days; a day that is not listed is like any other. */
  readonly expectedWeddings: Readonly<Record<CalendarDate, number>>;
}

/**
 * A day is busy from this many times the weddings of an average day on. Fridays in August bear 2.2 times as many by the
 * published shares, Fridays in July and September less than 1.9, and Saturdays 4.3 times over the year.
 */
export const BUSY_TIMES_AVERAGE = 2;

/** The days that a calendar marks as busy, with the weddings expected on each as a multiple of an average day's. */
export function busyDays(
  { expectedWeddings, weddingsAYear }: BookingsCalendar,
  timesAverage: number = BUSY_TIMES_AVERAGE,
): ReadonlyMap<CalendarDate, number> {
  const average = averageDay(weddingsAYear);
  const days = Object.entries(expectedWeddings).map(([date, weddings]) => [date, weddings / average] as const);
  return new Map(days.filter(([, times]) => times >= timesAverage));
}

/**
 * Reads a calendar that came as JSON.
 *
 * @throws Error naming the field, its value and what is allowed.
 */
export function parseBookings(value: unknown, region: string): BookingsCalendar {
  const members = record(value, 'the calendar');
  const { asOf, source, first, last, weddingsAYear, expectedWeddings } = members;
  if (members['region'] !== region) throw wrong('region', members['region'], `"${region}"`);
  if (typeof source !== 'string' || source.trim() === '') throw wrong('source', source, 'where the figures come from');
  if (typeof weddingsAYear !== 'number' || !(weddingsAYear > 0))
    throw wrong('weddingsAYear', weddingsAYear, 'a number above 0');
  const calendar = {
    region,
    source,
    asOf: date(asOf, 'asOf'),
    first: date(first, 'first'),
    last: date(last, 'last'),
    weddingsAYear,
    expectedWeddings: record(expectedWeddings, 'expectedWeddings') as Record<CalendarDate, number>,
  };
  if (calendar.first > calendar.last) throw wrong('last', last, `a date from ${calendar.first} on`);
  for (const [day, weddings] of Object.entries(calendar.expectedWeddings)) {
    date(day, 'a day of expectedWeddings');
    if (day < calendar.first || day > calendar.last)
      throw wrong('a day of expectedWeddings', day, `dates from ${calendar.first} to ${calendar.last}`);
    if (!Number.isInteger(weddings) || weddings < 0)
      throw wrong(`expectedWeddings["${day}"]`, weddings, 'a whole number from 0');
  }
  return calendar;
}

function date(value: unknown, field: string): CalendarDate {
  if (typeof value !== 'string' || !isCalendarDate(value)) throw wrong(field, value, 'a date such as 2027-08-06');
  return value;
}

function record(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field, value, 'an object');
  return value as Record<string, unknown>;
}

function wrong(field: string, value: unknown, allowed: string): Error {
  return new Error(`${field} is ${value === undefined ? 'missing' : JSON.stringify(value)}. Allowed: ${allowed}.`);
}
