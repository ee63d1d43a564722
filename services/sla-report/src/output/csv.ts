import type { Figures, Report } from '../schema.ts';

const FIGURES = [
  'requests',
  'bad',
  'share',
  'budgetSpent',
  'budgetLeft',
  'minutesBelowTarget',
  'unknownMinutes',
  'verdict',
] as const satisfies readonly (keyof Figures)[];

const HEADER = [
  ...['region', 'date', 'objective', 'target', 'promisedMinutes', 'measuredMinutes', 'excludedMinutes'],
  ...FIGURES,
  ...FIGURES.map((name) => `${name}WithoutExclusions`),
];

/** One row an objective a day (RFC 4180); a share of no requests is empty. Budgets are the day's own. */
export function reportCsv({ region, objectives }: Report): string {
  const rows = objectives.flatMap(({ name, target, days }) =>
    days.map((day) => [
      ...[region, day.date, name, target, day.promisedMinutes, day.measuredMinutes, day.excludedMinutes],
      ...FIGURES.map((figure) => day.withExclusions[figure]),
      ...FIGURES.map((figure) => day.withoutExclusions[figure]),
    ]),
  );
  return [HEADER, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
