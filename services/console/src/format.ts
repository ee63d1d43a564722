/** Figures as a person reads them. */
const LANGUAGE = 'en-GB';
export const NOTHING = '–';
/** Between a figure and its unit, which no line break may part. */
const GAP = '\u00a0';

const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat(LANGUAGE, { maximumSignificantDigits: 3 });
/** For figures below each other. */
const allThreeDigits = new Intl.NumberFormat(LANGUAGE, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
/** Times are those of the region's clock, wherever the browser is. */
let zone: string | undefined;

/** Sets the region's time zone. */
export function keepTimeOf(timeZone: string): void {
  zone = timeZone;
}

function time(at: Date, form: Intl.DateTimeFormatOptions): string {
  return at.toLocaleString(LANGUAGE, { ...form, ...(zone !== undefined && { timeZone: zone }) });
}

/** In cents, or more exactly where that would say too little: a question costs a fraction of a cent. */
const money = new Intl.NumberFormat(LANGUAGE, {
  ...{ style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 2 },
  ...{ minimumSignificantDigits: 2, maximumSignificantDigits: 2, roundingPriority: 'morePrecision' },
});
/** From this many dollars on, cents say nothing. */
const MANY_DOLLARS = 1000;
const wholeMoney = new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
const monthAndYear = new Intl.DateTimeFormat(LANGUAGE, { month: 'long', year: 'numeric', timeZone: 'UTC' });

type Maybe = number | null | undefined;

export const count = (value: Maybe): string => (value == null ? NOTHING : whole.format(value));

/** The least rate that is written out: what happens more seldom has not stopped. */
const SELDOM = 0.1;

export function perSecond(value: Maybe): string {
  if (value == null) return NOTHING;
  if (value > 0 && value < SELDOM) return `<${GAP}${SELDOM}`;
  return value < 10 ? oneDigit.format(value) : whole.format(value);
}

/** `1 call a second`, `52 calls a second`. */
export function rateOf(value: Maybe, one: string, several: string): string {
  const rate = perSecond(value);
  return `${rate} ${rate === '1' ? one : several} a second`;
}

/** A figure on a scale, exactly. */
export const onScale = (value: Maybe): string => (value == null ? NOTHING : threeDigits.format(value));

/** A share from 0 to 1. Nothing that is less than everything is rounded to 100 %. */
export function percent(share: Maybe, digits = 1): string {
  if (share == null) return NOTHING;
  const most = 100 - 10 ** -digits;
  const shown = share < 1 ? Math.min(100 * share, most) : 100 * share;
  return `${shown.toFixed(digits)}${GAP}%`;
}

/** A share from 0 to 1 that somebody set: no digit of it is left out. */
export const shareAsSet = (share: number): string => `${threeDigits.format(share * 100)}${GAP}%`;

/** Seconds, as milliseconds or seconds. */
export function latency(seconds: Maybe): string {
  if (seconds == null) return NOTHING;
  return seconds < 1 ? `${threeDigits.format(seconds * 1000)}${GAP}ms` : `${threeDigits.format(seconds)}${GAP}s`;
}

export const dollars = (value: number): string => (value < MANY_DOLLARS ? money : wholeMoney).format(value);

/** `2026-10` as October 2026. */
export const month = (text: string): string => monthAndYear.format(new Date(`${text}-01`));

/** Seconds that somebody would have waited. */
export const waited = (seconds: number): string => (seconds < 60 ? latency(seconds) : duration(seconds * 1000));

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(value: Maybe): string {
  if (value == null) return NOTHING;
  const unit = Math.min(UNITS.length - 1, value < 1 ? 0 : Math.floor(Math.log2(value) / 10));
  const digits = unit === 0 ? whole : allThreeDigits;
  return `${digits.format(value / 1024 ** unit)}${GAP}${UNITS[unit]}`;
}

export const hourAndMinute = (at: Date): string => time(at, { timeStyle: 'short' });
export const clockTime = (iso: string): string => time(new Date(iso), { timeStyle: 'medium' });
export const moment = (iso: string): string => time(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' });
export const dayAndMonth = (iso: string): string =>
  time(new Date(iso), { day: 'numeric', month: 'short' }).replaceAll(' ', GAP);
export const date = (iso: string): string => time(new Date(iso), { dateStyle: 'medium' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of one or several: `1 entry`, `2,000 entries`. */
export const counted = (value: number, one: string, several: string): string =>
  `${whole.format(value)} ${value === 1 ? one : several}`;

/** A time span in its two largest units: `2 days 13 h`. */
export function duration(milliseconds: number): string {
  const [days, hours] = [Math.floor(milliseconds / DAY), Math.floor((milliseconds % DAY) / HOUR)];
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  if (days > 0) return `${days}${GAP}${days === 1 ? 'day' : 'days'} ${hours}${GAP}h`;
  return hours > 0 ? `${hours}${GAP}h ${minutes}${GAP}min` : `${minutes}${GAP}min`;
}
