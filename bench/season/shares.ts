import type { VendorType } from '@wedsync/domain';

/**
 * Shares of a year's weddings by month, in per cent, January first. August and January as registered in England and Wales in 2023,
 * July and September as in 1995–2013 (Office for National Statistics); the months between are laid between these.
 */
export const MONTH_SHARES = [2.6, 3.7, 4.8, 7.2, 9.9, 11.6, 13.1, 14.3, 13.0, 9.5, 4.9, 5.4] as const;

/** Shares of the weddings that are not on a Saturday by weekday, Monday first, in proportion to those registered in 1995–2013. */
export const WEEKDAY_SHARES = [4, 3.3, 4, 5, 17, 0, 4.4] as const;

/** How many requests come in each hour of a day, midnight first: planning is done in the evening … */
export const WEEKDAY_HOURS = [2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 8, 8, 7, 7, 8, 10, 13, 16, 17, 15, 10, 5] as const;
/** … and a wedding goes from the morning into the night. */
export const SATURDAY_HOURS = [
  3, 2, 1, 1, 1, 2, 5, 9, 13, 15, 16, 16, 17, 17, 16, 15, 14, 13, 12, 12, 11, 9, 7, 5,
] as const;

/** How many of a hundred vendors are of a type. */
export const TYPE_SHARES: Readonly<Record<VendorType, number>> = {
  photographer: 16,
  videographer: 6,
  venue: 14,
  caterer: 10,
  florist: 9,
  band: 6,
  dj: 7,
  planner: 6,
  baker: 6,
  transport: 5,
  officiant: 4,
  'hair-and-make-up': 8,
  other: 3,
};

/** How often a wedding's team has a vendor of a type. */
export const TEAM_SHARES: Readonly<Record<VendorType, number>> = {
  photographer: 0.95,
  videographer: 0.35,
  venue: 1,
  caterer: 0.8,
  florist: 0.75,
  band: 0.4,
  dj: 0.55,
  planner: 0.25,
  baker: 0.7,
  transport: 0.45,
  officiant: 0.4,
  'hair-and-make-up': 0.7,
  other: 0.2,
};

/** Days before the wedding on which final numbers and the balance are due, as venues commonly ask. */
export const FINAL_NUMBERS_DAYS = 28;
export const BALANCE_DAYS = 42;
