import {
  type CalendarDate,
  isCalendarDate,
  isRegionName,
  REGION_NAMES,
  regionIdentity,
  type RegionName,
} from '@wedsync/domain';
import { AnalyticsError } from '../analytics-error.ts';
import { type History, type HistoryDay, type HistoryOrigin, inOrder } from './history.ts';

const FIGURES = ['queries', 'hitRate', 'weddings', 'peakHourShare'] as const;
const COLUMNS = ['region', 'date', ...FIGURES] as const;
const ORIGIN_COMMENT = '# ';
/** Histories that were made up say so in their file, and stay so when they are read. */
const GENERATED_COMMENT = '# generated: ';

type Row = Readonly<Record<string, unknown>>;

/** Histories as CSV, a day a line; a figure that is not known is empty. What a generated one is made of heads the file. */
export function toCsv(histories: readonly History[]): string {
  const cell = (value: number | undefined) => (value === undefined ? '' : String(value));
  return [
    ...histories.map(
      ({ region, origin }) =>
        `${origin.kind === 'generated' ? GENERATED_COMMENT : ORIGIN_COMMENT}${region}: ${origin.words}`,
    ),
    COLUMNS.join(','),
    ...histories.flatMap(({ region, days }) =>
      days.map((day) => [region, day.date, ...FIGURES.map((name) => cell(day[name]))].join(',')),
    ),
    '',
  ].join('\n');
}

/** Histories as JSON. */
export function toJson(histories: readonly History[]): string {
  return `${JSON.stringify({ histories }, undefined, 2)}\n`;
}

/**
 * Reads what `toCsv` or `toJson` wrote, or a file of the same form.
 *
 * @param name for people, such as the file's name
 * @throws AnalyticsError naming the file, the line or day, what was found and what is allowed.
 */
export function parseHistories(text: string, name: string): readonly History[] {
  try {
    return text.trimStart().startsWith('{') ? fromJson(text, name) : fromCsv(text, name);
  } catch (error) {
    if (error instanceof AnalyticsError || error instanceof SyntaxError)
      throw new AnalyticsError(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

function fromJson(text: string, name: string): readonly History[] {
  const { histories } = JSON.parse(text) as { histories?: unknown };
  if (!Array.isArray(histories)) throw new AnalyticsError('There is no list "histories" in it.');
  return (histories as readonly Partial<History>[]).map(({ region, origin, days }) => {
    if (!Array.isArray(days)) throw new AnalyticsError('A history has no list "days".');
    const rows = days as readonly Row[];
    return historyOf(
      regionFrom(region),
      originFrom(origin?.kind === 'generated' ? origin.words : undefined, name),
      rows.map((row) => dayFrom(row)),
    );
  });
}

function fromCsv(text: string, name: string): readonly History[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const generated = new Map(
    lines
      .filter(({ line }) => line.startsWith(GENERATED_COMMENT))
      .map(({ line }) => split(line.slice(GENERATED_COMMENT.length))),
  );
  const [head, ...rows] = lines.filter(({ line }) => line !== '' && !line.startsWith('#'));
  const columns = head?.line.split(',').map((column) => column.trim()) ?? [];
  const unknown = columns.find((column) => !(COLUMNS as readonly string[]).includes(column));
  if (unknown !== undefined || !['region', 'date', 'queries'].every((column) => columns.includes(column)))
    throw new AnalyticsError(
      `The first line is "${head?.line ?? ''}". Allowed: region,date,queries and, if known, hitRate, weddings, peakHourShare.`,
    );
  const byRegion = new Map<RegionName, HistoryDay[]>();
  for (const { line, number } of rows) {
    const cells = line.split(',');
    if (cells.length !== columns.length)
      throw new AnalyticsError(
        `line ${number} has ${cells.length} cells. Allowed: ${columns.length}, as the first line.`,
      );
    const row = Object.fromEntries(
      columns.map((column, index) => [column, numeric(column, (cells[index] ?? '').trim())]),
    );
    const region = regionFrom(row['region']);
    const days = byRegion.get(region) ?? [];
    days.push(dayFrom(row));
    byRegion.set(region, days);
  }
  return [...byRegion].map(([region, days]) => historyOf(region, originFrom(generated.get(region), name), days));
}

function split(comment: string): readonly [string, string] {
  const [region = '', ...words] = comment.split(': ');
  return [region, words.join(': ')];
}

function numeric(column: string, cell: string): unknown {
  if (!(FIGURES as readonly string[]).includes(column)) return cell;
  return cell === '' ? undefined : Number(cell);
}

function historyOf(region: RegionName, origin: HistoryOrigin, days: readonly HistoryDay[]): History {
  return { region, zone: regionIdentity(region).zone, origin, days: inOrder(days) };
}

function originFrom(generatedWords: string | undefined, name: string): HistoryOrigin {
  return generatedWords === undefined ? { kind: 'file', words: name } : { kind: 'generated', words: generatedWords };
}

function regionFrom(value: unknown): RegionName {
  if (typeof value === 'string' && isRegionName(value)) return value;
  throw new AnalyticsError(`The region is ${JSON.stringify(value) ?? 'missing'}. Allowed: ${REGION_NAMES.join(', ')}.`);
}

function dayFrom(row: Row): HistoryDay {
  const { date } = row;
  if (typeof date !== 'string' || !isCalendarDate(date))
    throw new AnalyticsError(`A date is ${JSON.stringify(date) ?? 'missing'}. Allowed: a date such as 2026-04-18.`);
  const figure = (name: (typeof FIGURES)[number]): number | undefined => {
    const value = row[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || Number.isNaN(value))
      throw new AnalyticsError(`${name} of ${date} is ${JSON.stringify(value)}. Allowed: a number.`);
    return value;
  };
  const queries = figure('queries');
  if (queries === undefined) throw new AnalyticsError(`queries of ${date} is missing. Allowed: a number from 0.`);
  const optional = FIGURES.filter((name) => name !== 'queries').map((name) => [name, figure(name)] as const);
  return {
    date: date satisfies CalendarDate,
    queries,
    ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)),
  };
}
