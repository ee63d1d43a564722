/** Recording rules and alerts that are the same for every objective. */
import {
  badSeries,
  BUDGET_LEFT_SERIES,
  errorRatioSeries,
  OBJECTIVE_SERIES,
  OBJECTIVE_WINDOW_DAYS,
  type Objective,
  type ObjectiveDays,
  type ObjectiveName,
  OBJECTIVES,
  PROMISED_SERIES,
  SLO_BASE_RANGE,
  SLO_INTERVAL_SECONDS,
  SLOW_PAGE_BURN,
  totalSeries,
} from '@wedsync/domain';
import { PEAK_SEASON } from '../calendar.ts';
import {
  type Alert,
  type AlertDays,
  type RecordingRule,
  type RuleGroup,
  type Severity,
  WEDDING_DAY,
} from '../rules.ts';
import { INDICATORS, WINDOW } from './indicators.ts';

/** A pair of windows in which the error budget must burn `factor` times as fast as it may, for an alert. */
export interface BurnWindow {
  /** Long enough that a short fault does not matter. */
  readonly long: Range;
  /** Short, so that the alert ends soon after the fault does. */
  readonly short: Range;
  readonly factor: number;
  readonly severity: Severity;
}

export type Range = '2m' | '5m' | '15m' | '30m' | '1h' | '2h' | '6h' | '1d' | '3d' | '30d';

/**
 * Google's "The Site Reliability Workbook", table 5-8: 2 % of a month's budget within an hour, 5 % within six, 10 % within three days (and,
 * between them, 10 % within one day, as Sloth and Pyrra have it).
 */
export const BURN_WINDOWS: readonly BurnWindow[] = [
  { long: '1h', short: '5m', factor: 14.4, severity: 'page' },
  { long: '6h', short: '30m', factor: SLOW_PAGE_BURN, severity: 'page' },
  { long: '1d', short: '2h', factor: 3, severity: 'ticket' },
  { long: '3d', short: '6h', factor: 1, severity: 'ticket' },
];

/** On a wedding day half a percent of a month's budget is enough to call somebody, a quarter of an hour after it began at the latest. */
const WEDDING_DAY_WINDOW: BurnWindow = { long: '15m', short: '2m', factor: 14.4, severity: 'page' };

/** Below this many in the long window, a few unlucky requests of a quiet night would count as a fault. */
const LEAST_BAD = 5;

/** Ranges that are asked of the raw series; longer ones are averages of the shortest, which is a hundred times less to read. */
const RAW_RANGES: readonly Range[] = ['2m', '5m', '15m', '30m', '1h'];
const LONG_RANGES: readonly Range[] = ['2h', '6h', '1d', '3d', '30d'];
const BASE: Range = SLO_BASE_RANGE.name;
const SECONDS: Readonly<Record<Range, number>> = {
  ...{ '2m': 120, '5m': 300, '15m': 900, '30m': 1800, '1h': 3600 },
  ...{ '2h': 7200, '6h': 21_600, '1d': 86_400, '3d': 259_200, '30d': 2_592_000 },
};

const ALL = Object.entries(OBJECTIVES) as [ObjectiveName, Objective][];

/** Everything about the objectives: what they are, how they do, and who is told. */
export function objectiveRules(): RuleGroup[] {
  return [
    {
      name: 'wedsync.slo',
      intervalSeconds: SLO_INTERVAL_SECONDS,
      recording: ALL.flatMap(([name, objective]) => [
        ...facts(name, objective),
        ...RAW_RANGES.flatMap((range) => raw(name, objective, range)),
      ]),
      alerts: ALL.flatMap(([name, objective]) => burnAlerts(name, objective, ['1h', '6h'])),
    },
    {
      name: 'wedsync.slo.long',
      intervalSeconds: 120,
      recording: [...LONG_RANGES.flatMap(average), ...ALL.map(([name]) => budgetLeft(name))],
      alerts: ALL.flatMap(([name, objective]) => burnAlerts(name, objective, ['1d', '3d'])),
    },
  ];
}

function facts(slo: string, { target, days }: Objective): RecordingRule[] {
  return [
    { record: OBJECTIVE_SERIES, expr: `vector(${target})`, labels: { slo } },
    { record: PROMISED_SERIES, expr: promised(days), labels: { slo } },
  ];
}

function promised(days: ObjectiveDays): string {
  switch (days) {
    case 'always':
      return 'vector(1)';
    case 'peak':
      return PEAK_SEASON;
    case 'off-peak':
      return `1 - ${PEAK_SEASON}`;
    case 'wedding-day':
      return WEDDING_DAY;
    case 'peak-other-days':
      return `(1 - ${WEDDING_DAY}) * ${PEAK_SEASON}`;
    case 'off-peak-other-days':
      return `(1 - ${WEDDING_DAY}) * (1 - ${PEAK_SEASON})`;
  }
}

/** What did not happen at all counts as nothing wrong; what was asked while nothing was promised is not counted. */
function raw(slo: ObjectiveName, { days }: Objective, range: Range): RecordingRule[] {
  const { bad, total } = INDICATORS[slo];
  const over = (expr: string) => `(${expr.replaceAll(WINDOW, range)})`;
  const promisedNow = days === 'always' ? '' : ` * on() (${PROMISED_SERIES}{slo="${slo}"} == 1)`;
  const labels = { slo };
  return [
    { record: totalSeries(range), expr: `${over(total)}${promisedNow}`, labels },
    {
      record: badSeries(range),
      expr: `clamp_min(${over(bad)}, 0)${promisedNow} or on() ${totalSeries(range)}{slo="${slo}"} * 0`,
      labels,
    },
    {
      record: errorRatioSeries(range),
      expr: `${badSeries(range)}{slo="${slo}"} / (${totalSeries(range)}{slo="${slo}"} > 0)`,
      labels,
    },
  ];
}

/** All objectives at once: the label is there already. */
function average(range: Range): RecordingRule[] {
  const over = (series: (of: Range) => string) => `sum_over_time(${series(BASE)}[${range}])`;
  const each = SECONDS[range];
  return [
    { record: badSeries(range), expr: `${over(badSeries)} / ${each / SLO_INTERVAL_SECONDS}` },
    { record: totalSeries(range), expr: `${over(totalSeries)} / ${each / SLO_INTERVAL_SECONDS}` },
    { record: errorRatioSeries(range), expr: `${badSeries(range)} / (${totalSeries(range)} > 0)` },
  ];
}

function budgetLeft(slo: ObjectiveName): RecordingRule {
  const of = `{slo="${slo}"}`;
  const ratio = `${errorRatioSeries(`${OBJECTIVE_WINDOW_DAYS}d`)}${of}`;
  return { record: BUDGET_LEFT_SERIES, expr: `1 - ${ratio} / (1 - ${OBJECTIVE_SERIES}${of})`, labels: { slo } };
}

function burnAlerts(
  slo: ObjectiveName,
  { target, promise, urgent, days }: Objective,
  longs: readonly Range[],
): Alert[] {
  const alert = (window: BurnWindow, speaks: AlertDays): Alert => {
    const threshold = `${Number((window.factor * (1 - target)).toPrecision(6))}`;
    const burning = [window.long, window.short].map(
      (range) => `${errorRatioSeries(range)}{slo="${slo}"} > ${threshold}`,
    );
    const enough = `${badSeries(window.long)}{slo="${slo}"} * ${SECONDS[window.long]} >= ${LEAST_BAD}`;
    return {
      name: `${pascal(slo)}BudgetBurn`,
      expr: [...burning, enough].join(' and on(slo) '),
      severity: window.severity,
      days: speaks,
      ...(!urgent && { for: '1h' }),
      labels: { slo, window: window.long },
      summary: `${pascal(slo)}: the error budget burns ${window.factor} times too fast (${window.long})`,
      description: `${promise}: {{ $value | humanizePercentage }} did not, of which ${(100 * (1 - target)).toPrecision(2)} % may be.`,
    };
  };
  const windows = BURN_WINDOWS.filter(
    ({ long, severity }) => longs.includes(long) && (urgent || severity === 'ticket'),
  );
  const quick = urgent && longs.includes('1h') && !days.endsWith('other-days');
  return [
    ...windows.map((window) => alert(window, 'all')),
    ...(quick ? [alert(WEDDING_DAY_WINDOW, 'wedding-day')] : []),
  ];
}

function pascal(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
