/** Names of the series that tell how the objectives do, labelled by `slo`: whoever records them and whoever asks for them reads them here. */

/** The target: the share that may go wrong is 1 less this. */
export const OBJECTIVE_SERIES = 'wedsync:slo_objective';
/** 1 while the objective is promised, by the calendar, else 0. */
export const PROMISED_SERIES = 'wedsync:slo_promised';

/**
 * Requests a second that did not go well, all requests, and the share of the first in the second, over a range such as `5m`. None is there while
 * the objective is not promised.
 */
export const badSeries = (range: string): string => `wedsync:slo_bad:rate${range}`;
export const totalSeries = (range: string): string => `wedsync:slo_total:rate${range}`;
export const errorRatioSeries = (range: string): string => `wedsync:slo_error_ratio:rate${range}`;

/** The share of the budget that is left, over the objective's window; below 0 the promise is broken. */
export const BUDGET_LEFT_SERIES = 'wedsync:slo_budget_left';

/** The shortest range that is recorded for reports; all longer ones are averages of it. */
export const SLO_BASE_RANGE = { name: '5m', seconds: 300 } as const;
/** How often the series are worked out. */
export const SLO_INTERVAL_SECONDS = 30;

/**
 * How many times too fast an error budget burns when somebody is woken though it is slow: 5 % of a month's within six hours ("The Site Reliability
 * Workbook", table 5-8). What burns as fast is an incident.
 */
export const SLOW_PAGE_BURN = 6;
