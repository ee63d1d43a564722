import { isCalendarDate } from '@wedsync/domain';
import { type Day, dayOf } from '../calendar/day.ts';
import { AnalyticsError } from '../analytics-error.ts';
import type { Series } from './series.ts';

const HEAD = 'date,value';

/**
 * Reads a series of anything: lines `date,value` under that head; lines that begin with `#` say where it comes from.
 *
 * @throws AnalyticsError naming the line, what was found and what is allowed.
 */
export function parseSeries(text: string, name: string): Series {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const [head, ...rows] = lines.filter(({ line }) => line !== '' && !line.startsWith('#'));
  if (head?.line !== HEAD)
    throw new AnalyticsError(`${name}: the first line is "${head?.line ?? ''}". Allowed: ${HEAD}.`);
  const values = new Map<Day, number>();
  for (const { line, number } of rows) {
    const [date = '', text = '', ...more] = line.split(',');
    const value = Number(text);
    if (!isCalendarDate(date) || text === '' || !(value >= 0) || more.length > 0)
      throw new AnalyticsError(
        `${name}: line ${number} is "${line}". Allowed: a date such as 2026-04-18, a comma, a number from 0.`,
      );
    if (values.has(dayOf(date))) throw new AnalyticsError(`${name}: ${date} comes twice. Allowed: each day once.`);
    values.set(dayOf(date), value);
  }
  return { name, values };
}
