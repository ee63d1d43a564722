/** Figures as a person reads them. */
const LANGUAGE = 'en-GB';
export const NOTHING = '–';

const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat(LANGUAGE, { maximumSignificantDigits: 3 });
/** Times are those of the region's clock, wherever the browser is. */
let zone: string | undefined;

/** Sets the region's time zone. */
export function keepTimeOf(timeZone: string): void {
  zone = timeZone;
}

function time(at: Date, form: Intl.DateTimeFormatOptions): string {
  return at.toLocaleString(LANGUAGE, { ...form, ...(zone !== undefined && { timeZone: zone }) });
}

const money = new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency: 'USD' });
/** Of less than a dollar: a question costs a fraction of a cent. */
const smallMoney = new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });
const monthAndYear = new Intl.DateTimeFormat(LANGUAGE, { month: 'long', year: 'numeric', timeZone: 'UTC' });

type Maybe = number | null | undefined;

export const count = (value: Maybe): string => (value == null ? NOTHING : whole.format(value));

export const perSecond = (value: Maybe): string =>
  value == null ? NOTHING : value < 10 ? oneDigit.format(value) : whole.format(value);

/** A share from 0 to 1. Nothing that is less than everything is rounded to 100 %. */
export function percent(share: Maybe, digits = 1): string {
  if (share == null) return NOTHING;
  const most = 100 - 10 ** -digits;
  const shown = share < 1 ? Math.min(100 * share, most) : 100 * share;
  return `${shown.toFixed(digits)} %`;
}

/** Seconds, as milliseconds or seconds. */
export function latency(seconds: Maybe): string {
  if (seconds == null) return NOTHING;
  return seconds < 1 ? `${threeDigits.format(seconds * 1000)} ms` : `${threeDigits.format(seconds)} s`;
}

export const dollars = (value: number): string => (value > 0 && value < 1 ? smallMoney : money).format(value);

/** `2026-10` as October 2026. */
export const month = (text: string): string => monthAndYear.format(new Date(`${text}-01`));

/** Seconds that somebody would have waited. */
export const waited = (seconds: number): string => (seconds < 60 ? latency(seconds) : duration(seconds * 1000));

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(value: Maybe): string {
  if (value == null) return NOTHING;
  const unit = Math.min(UNITS.length - 1, value < 1 ? 0 : Math.floor(Math.log2(value) / 10));
  return `${threeDigits.format(value / 1024 ** unit)} ${UNITS[unit]}`;
}

export const hourAndMinute = (at: Date): string => time(at, { timeStyle: 'short' });
export const clockTime = (iso: string): string => time(new Date(iso), { timeStyle: 'medium' });
export const moment = (iso: string): string => time(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' });
export const date = (iso: string): string => time(new Date(iso), { dateStyle: 'medium' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time span in its two largest units: `2 days 13 h`. */
export function duration(milliseconds: number): string {
  const [days, hours] = [Math.floor(milliseconds / DAY), Math.floor((milliseconds % DAY) / HOUR)];
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'} ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
}
