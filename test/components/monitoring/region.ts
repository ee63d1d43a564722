/** A region that is well, as the series that Prometheus has of it, and what may be wrong with it. */
import { PEAK_SEASON } from '../../../components/monitoring/calendar.ts';
import { type MonitoringFigures, ruleGroups } from '../../../components/monitoring/plan.ts';
import { type RuleGroup, WEDDING_DAY } from '../../../components/monitoring/rules.ts';
import type { AlertCase } from './promtool.ts';

export const FIGURES: MonitoringFigures = {
  zone: 'Europe/London',
  busyDays: new Set(['2027-05-02']),
  instant: Date.UTC(2027, 0, 1),
  engine: { namespace: 'wedsync-cache', name: 'cache-engine' },
  redis: {
    cache: { namespace: 'wedsync-redis', name: 'redis-cache' },
    queue: { namespace: 'wedsync-redis', name: 'redis-queue' },
  },
  operator: { namespace: 'wedsync-cache', name: 'region-operator' },
  namespaces: ['wedsync-cache', 'wedsync-redis'],
};
export const GROUPS = ruleGroups(FIGURES);
/** All but the calendar: the day is given by the case instead. */
export const WITHOUT_CALENDAR: readonly RuleGroup[] = GROUPS.filter(({ name }) => name !== 'wedsync.calendar');

export type Series = Readonly<Record<string, string>>;

export const day = (wedding: 0 | 1, peak: 0 | 1): Series => ({
  [WEDDING_DAY]: `${wedding}+0xN`,
  [PEAK_SEASON]: `${peak}+0xN`,
});
export const WEEKDAY = day(0, 0);
export const SUMMER_SATURDAY = day(1, 1);

export const POD = 'job="cache-engine",pod="cache-engine-0",instance="a"';
export const OPERATOR = 'job="region-operator",pod="region-operator-0",instance="o"';
/** A console that is well, and an engine: it answers 100 requests a second, 97 of them from its cache, all within 5 ms. */
export const WELL: Series = {
  [`up{${POD}}`]: '1+0xN',
  [`up{${OPERATOR}}`]: '1+0xN',
  [`wedsync_console_polls_total{${OPERATOR},outcome="ok"}`]: '0+7xN',
  [`process_start_time_seconds{${POD}}`]: '100+0xN',
  [`wedsync_cache_warm_up{${POD}}`]: '1+0xN',
  [`wedsync_cache_answers_total{${POD},source="hot",route="queries"}`]: '0+1455xN',
  [`wedsync_cache_answers_total{${POD},source="miss",route="queries"}`]: '0+45xN',
  [`wedsync_cache_errors_total{${POD},status="5xx",route="queries"}`]: '0+0xN',
  [`wedsync_cache_answer_duration_seconds_count{${POD}}`]: '0+1500xN',
  ...Object.fromEntries(['0.2', '0.3', '0.5'].map((le) => [bucket(le), '0+1500xN'])),
};

export function bucket(le: string): string {
  return `wedsync_cache_answer_duration_seconds_bucket{${POD},le="${le}"}`;
}

/** What is well, but for `changes`; `undefined` takes a series away. */
export function but(changes: Readonly<Record<string, string | undefined>>, of: Series = WELL): Series {
  return Object.fromEntries(
    Object.entries({ ...of, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The same fault on a day without and on a day with a wedding. */
export function onBothDays(
  name: string,
  series: Series,
  { at, weekday, wedding }: { at: string; weekday: readonly string[]; wedding: readonly string[] },
): AlertCase[] {
  return [
    { name: `${name}, on a weekday`, series: { ...series, ...WEEKDAY }, at, firing: weekday },
    { name: `${name}, on a Saturday in summer`, series: { ...series, ...SUMMER_SATURDAY }, at, firing: wedding },
  ];
}
