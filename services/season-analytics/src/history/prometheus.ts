import type { RegionName } from '@wedsync/domain';
import { regionIdentity } from '@wedsync/domain';
import { AnalyticsError } from '../analytics-error.ts';
import { type History, inOrder } from './history.ts';
import { daysOfHours, type HistoryHour } from './hours.ts';

/** Where a history is measured. Port: whoever can reach a Prometheus answers. */
export interface RangeQueries {
  /** For people: which server. */
  readonly name: string;
  /**
   * The values of an expression that gives one series, by instant in epoch milliseconds; instants without a value are left out.
   *
   * @param range first and last instant and the time between two, in milliseconds
   */
  range(
    expression: string,
    range: { readonly from: number; readonly to: number; readonly step: number },
  ): Promise<ReadonlyMap<number, number>>;
}

/** The names of the series that tell of answers. */
export interface HistorySeries {
  /** Counter of answers by `source`; `miss` and `bypass` are those that the cache had not. */
  readonly answers: string;
}

const HOUR = 3_600_000;
const NOT_HITS = 'miss|bypass';
/** What a server gives at once; Prometheus refuses more than 11,000 points of a series. */
const MOST_POINTS = 10_000;

/**
 * A region's history between two instants (epoch milliseconds), from the counter of its answers. An hour of which Prometheus has nothing is not there;
 * what it never had (years, most likely) must come from elsewhere.
 *
 * @throws AnalyticsError where no whole day is known.
 */
export async function historyFromPrometheus(
  prometheus: RangeQueries,
  series: HistorySeries,
  { region, from, to }: { readonly region: RegionName; readonly from: number; readonly to: number },
): Promise<History> {
  const { zone } = regionIdentity(region);
  const first = Math.ceil(from / HOUR) * HOUR;
  const last = Math.floor(to / HOUR) * HOUR;
  const hours: HistoryHour[] = [];
  for (let begin = first; begin < last; begin += MOST_POINTS * HOUR) {
    const end = Math.min(last, begin + MOST_POINTS * HOUR);
    // An increase over an hour is known at the hour's end.
    const range = { from: begin + HOUR, to: end, step: HOUR };
    const [all, hits] = await Promise.all([
      prometheus.range(`sum(increase(${series.answers}[1h]))`, range),
      prometheus.range(`sum(increase(${series.answers}{source!~"${NOT_HITS}"}[1h]))`, range),
    ]);
    for (const [at, queries] of all) hours.push({ begins: at - HOUR, queries, hits: hits.get(at) ?? 0 });
  }
  const days = daysOfHours(hours, zone).map((day) => ({ ...day, queries: Math.round(day.queries) }));
  if (days.length === 0)
    throw new AnalyticsError(
      `${prometheus.name} knows no whole day of ${series.answers} in that time (${hours.length} hours). Ask for another time with --from and --to.`,
    );
  return { region, zone, origin: { kind: 'prometheus', words: `measured by ${prometheus.name}` }, days: inOrder(days) };
}
