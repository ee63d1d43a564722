const HOUR = 60;
const DAY = 24 * HOUR;
const MACROS: Readonly<Record<string, number>> = {
  '@hourly': HOUR,
  '@daily': DAY,
  '@midnight': DAY,
  '@weekly': 7 * DAY,
  '@monthly': 31 * DAY,
  '@yearly': 366 * DAY,
  '@annually': 366 * DAY,
};
const UNITS: Readonly<Record<string, number>> = { h: HOUR, m: 1, s: 1 / 60 };

/**
 * The longest time in minutes between two runs of a schedule, as Velero and Kubernetes write them (five fields, `@hourly`, `@every 15m`);
 * `undefined` for what is no schedule. A schedule that does not run every hour of every day is told no closer than a day.
 */
export function longestGap(schedule: string): number | undefined {
  const text = schedule.replace(/^(CRON_)?TZ=\S+\s+/, '').trim();
  const every = /^@every\s+((?:\d+(?:\.\d+)?[hms])+)$/.exec(text)?.[1];
  if (every !== undefined) {
    const parts = [...every.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
    return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
  }
  if (text in MACROS) return MACROS[text];
  const [minutes, ...others] = text.split(/\s+/);
  if (minutes === undefined || others.length !== 4) return undefined;
  const runs = minutesOf(minutes);
  if (runs === undefined) return undefined;
  return others.every((field) => /^(\*|\*\/1|\?)$/.test(field)) ? gapWithinHour(runs) : DAY;
}

function gapWithinHour(runs: readonly number[]): number {
  return Math.max(...runs.map((run, index) => (runs[index + 1] ?? (runs[0] ?? 0) + HOUR) - run));
}

/** The minutes of an hour that a cron field names, ascending; `undefined` where it is none. */
function minutesOf(field: string): number[] | undefined {
  const minutes = field.split(',').map((part) => {
    const [, range = '', first, last, step = '1'] = /^(\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    if (range === '') return undefined;
    const from = first === undefined ? 0 : Number(first);
    // A single minute with a step runs on to the end of the hour.
    const to = last === undefined ? (first !== undefined && !part.includes('/') ? from : HOUR - 1) : Number(last);
    return Array.from({ length: HOUR }, (_, minute) => minute).filter(
      (minute) => minute >= from && minute <= to && (minute - from) % Number(step) === 0,
    );
  });
  const known = minutes.filter((part): part is number[] => part !== undefined && part.length > 0);
  return known.length === minutes.length ? [...new Set(known.flat())].sort((one, other) => one - other) : undefined;
}
