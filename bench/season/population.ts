import { addDays, type CalendarDate, type VendorType, VENDOR_TYPES, type WeddingDates } from '@wedsync/domain';
import { Choice, zipfChoice } from './choice.ts';
import type { Parameters } from './settings.ts';
import { type Random, shuffled } from './random.ts';
import { BALANCE_DAYS, FINAL_NUMBERS_DAYS, MONTH_SHARES, TEAM_SHARES, TYPE_SHARES, WEEKDAY_SHARES } from './shares.ts';

/** The peak season begins here; the weddings are those of the year from here on. */
export const FIRST_DAY: CalendarDate = '2026-04-01';
const WEDDING_DAYS = 365;
const SATURDAY = 5;

/** A vendor, in the order of activity: the first asks most. */
export interface Vendor {
  readonly id: number;
  readonly type: VendorType;
  /** The weddings it works on. */
  readonly weddings: Wedding[];
}

/** A wedding; its date is the one at the present of the trace. */
export interface Wedding {
  readonly id: number;
  date: CalendarDate;
  readonly team: readonly Vendor[];
}

/** All dates of a wedding on `date`. */
export function datesOf(date: CalendarDate): WeddingDates {
  return {
    weddingDate: date,
    finalNumbersDue: addDays(date, -FINAL_NUMBERS_DAYS),
    balanceDue: addDays(date, -BALANCE_DAYS),
  };
}

/** The vendors, of every type at least one where there are enough. */
export function makeVendors(parameters: Parameters, random: Random): readonly Vendor[] {
  const types = new Choice(
    VENDOR_TYPES,
    VENDOR_TYPES.map((type) => TYPE_SHARES[type]),
  );
  const drawn = Array.from({ length: parameters.vendors }, (_, index) => VENDOR_TYPES[index] ?? types.draw(random));
  return shuffled(drawn, random).map((type, id) => ({ id, type, weddings: [] }));
}

/** Draws days on which weddings are. */
export function weddingDays(parameters: Parameters): Choice<CalendarDate> {
  const days = Array.from({ length: WEDDING_DAYS }, (_, index) => addDays(FIRST_DAY, index));
  const others = WEEKDAY_SHARES.reduce<number>((sum, share) => sum + share, 0);
  const weights = days.map((day) => {
    const date = new Date(day);
    const weekday = (date.getUTCDay() + 6) % 7;
    const saturdays = parameters['saturday-weddings'];
    const share = weekday === SATURDAY ? saturdays : ((1 - saturdays) * (WEEKDAY_SHARES[weekday] ?? 0)) / others;
    return share * (MONTH_SHARES[date.getUTCMonth()] ?? 0);
  });
  return new Choice(days, weights);
}

/** The weddings, each with its date and a team in which the active vendors are more often. */
export function makeWeddings(vendors: readonly Vendor[], parameters: Parameters, random: Random): readonly Wedding[] {
  const days = weddingDays(parameters);
  const byType = new Map<VendorType, Choice<Vendor>>();
  for (const type of VENDOR_TYPES) {
    const some = vendors.filter((vendor) => vendor.type === type);
    if (some.length > 0) byType.set(type, zipfChoice(some, parameters['vendor-zipf']));
  }
  return Array.from({ length: parameters.weddings }, (_, id) => {
    const team = VENDOR_TYPES.filter((type) => random() < TEAM_SHARES[type]).flatMap((type) => {
      const choice = byType.get(type);
      return choice === undefined ? [] : [choice.draw(random)];
    });
    const wedding = { id, date: days.draw(random), team };
    for (const vendor of team) vendor.weddings.push(wedding);
    return wedding;
  });
}
