/** A region as it was recorded, with some minutes behind it: what Prometheus would have of it now. */
import { readFileSync } from 'node:fs';
import { WEDDING_DAY } from '../../../components/monitoring/rules.ts';
import { totalSeries } from '@wedsync/domain';

const FILES = ['region.prom', 'kubernetes.prom'];
const WEEK_SECONDS = 7 * 86_400;
const HOUR_SECONDS = 3600;
/** How much lies behind, now and a week ago, and how often it was looked at. */
const BEHIND_SECONDS = 600;
const SCRAPE_SECONDS = 15;
/** A series that counts up; in a recording it says how far it came. */
const COUNTS = /_(total|count|sum|bucket)$/;

interface Recorded {
  readonly name: string;
  /** With its braces. */
  readonly labels: string;
  readonly value: number;
}

function recorded(): Recorded[] {
  const lines = FILES.flatMap((file) =>
    readFileSync(new URL(`recordings/${file}`, import.meta.url), 'utf8').split('\n'),
  );
  return lines.flatMap((line) => {
    const [, name, labels, value] = /^(\w+)(\{.*\}) (\S+)$/.exec(line) ?? [];
    return name === undefined || labels === undefined ? [] : { name, labels, value: Number(value) };
  });
}

/** Names of all metrics that a region has. */
export function recordedNames(): Set<string> {
  return new Set(recorded().map(({ name }) => name));
}

/** Everything until `now`, in seconds, as OpenMetrics: counters as if they had risen evenly, and the calendar of the week before. */
export function regionHistory(now: number): string {
  const series = recorded().flatMap((one) =>
    [WEEK_SECONDS, 0].flatMap((ago) => samples(one, now - ago - BEHIND_SECONDS, now - ago)),
  );
  return [...series, ...week(now), '# EOF', ''].join('\n');
}

function samples({ name, labels, value }: Recorded, from: number, until: number): string[] {
  const count = BEHIND_SECONDS / SCRAPE_SECONDS;
  return Array.from({ length: count + 1 }, (_, index) => {
    const risen = COUNTS.test(name) ? (value * index) / count : value;
    return `${name}${labels} ${risen} ${from + ((until - from) * index) / count}`;
  });
}

/** What the rules would have written in the week before, and two hours more so that there is a week ago, at each full hour. */
function week(now: number): string[] {
  const last = Math.floor((now - BEHIND_SECONDS) / HOUR_SECONDS) * HOUR_SECONDS;
  const hours = Array.from({ length: WEEK_SECONDS / HOUR_SECONDS + 2 }, (_, hour) => last - hour * HOUR_SECONDS);
  return hours
    .reverse()
    .flatMap((hour) => [
      `${WEDDING_DAY} ${new Date(hour * 1000).getUTCDay() === 6 ? 1 : 0} ${hour}`,
      `${totalSeries('5m')}{slo="hit-rate"} 12 ${hour}`,
    ]);
}
