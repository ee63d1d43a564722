import { type CalendarDate, startOfDate, type TimeZone } from './calendar.ts';

/** The dates of a wedding that change answers about it, in the couple's calendar. What is left out is not known. */
export interface WeddingDates {
  /** The ceremony's day. */
  readonly weddingDate?: CalendarDate | undefined;
  /** The day on which the caterer and the venue must have the final number of guests. */
  readonly finalNumbersDue?: CalendarDate | undefined;
  /** The day on which the rest of the price is due. */
  readonly balanceDue?: CalendarDate | undefined;
}

/** The instants (epoch milliseconds, ascending) at which answers change: each date's beginning in `zone`, the couple's. */
export function changesOf(
  { weddingDate, finalNumbersDue, balanceDue }: WeddingDates,
  zone: TimeZone,
): readonly number[] {
  return [weddingDate, finalNumbersDue, balanceDue]
    .filter((date) => date !== undefined)
    .map((date) => startOfDate(zone, date))
    .sort((one, other) => one - other);
}
