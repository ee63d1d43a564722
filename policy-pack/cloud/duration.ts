const DAY_SECONDS = 86_400;
/** The longest month: what comes every month comes at least this often. */
const MONTH_DAYS = 31;

/** Days in a duration as the clouds write them: `2592000s` (Google), `P30D`, `P1M`, `P2W` and `PT720H` (Azure). */
export function daysOf(text: string): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text)?.[1];
  if (seconds !== undefined) return Number(seconds) / DAY_SECONDS;
  const [whole, years = 0, months = 0, weeks = 0, days = 0, hours = 0] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?$/.exec(text) ?? [];
  if (whole === undefined || whole === 'P') return undefined;
  return Number(years) * 365 + Number(months) * MONTH_DAYS + Number(weeks) * 7 + Number(days) + Number(hours) / 24;
}

/** Days between runs of a schedule of AWS: `rate(30 days)`, or a cron expression that comes once a month or oftener. */
export function daysBetweenRuns(expression: string): number | undefined {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count !== undefined) return Number(count) / { minute: 1440, hour: 24, day: 1 }[unit as 'minute' | 'hour' | 'day'];
  const [, fields] = /^cron\(([^)]+)\)$/.exec(expression) ?? [];
  const [, , dayOfMonth, month, dayOfWeek] = fields?.trim().split(/\s+/) ?? [];
  if (dayOfMonth === undefined || month !== '*') return undefined;
  // Not all months have these days.
  if (dayOfMonth.split(',').every((day) => /^(29|30|31)$/.test(day))) return undefined;
  if (/^(\*|\?)$/.test(dayOfMonth)) return dayOfWeek === '?' || dayOfWeek === '*' ? 1 : 7;
  return MONTH_DAYS;
}
