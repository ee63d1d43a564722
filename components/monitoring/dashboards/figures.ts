/** What more than one dashboard asks, once. */
import { METRICS } from '@wedsync/cache-engine/contract';
import type { ObjectiveName } from '@wedsync/domain';
import type { Place } from '../../shared/service-names.ts';
import { FIRST_CALLS } from '../alerts/second-calls.ts';
import type { MonitoringFigures } from '../plan.ts';
import { INDICATORS, WINDOW } from '../slo/indicators.ts';
import { RATE_RANGE } from './panel.ts';

/** Whose dashboards they are. */
export type DashboardFigures = Pick<MonitoringFigures, 'engine' | 'redis' | 'namespaces'>;

/** Selects what a workload’s own scrape says, and more of it: `of(place, 'source="hot"')`. */
export function of({ name }: Place, more = ''): string {
  return `{job="${name}"${more && `,${more}`}}`;
}

/** Selects what the nodes of both Redis Clusters say. */
export function ofRedis({ cache, queue }: DashboardFigures['redis']): string {
  return `{job=~"${cache.name}|${queue.name}"}`;
}

/** Selects objects of the region's own namespaces, as kube-state-metrics, the kubelet and cert-manager name them. */
export function ofNamespaces(namespaces: readonly string[], more = ''): string {
  return `{namespace=~"${namespaces.join('|')}"${more && `,${more}`}}`;
}

/** The autoscaler of a workload: KEDA's, or the one that knows the load alone. */
export function ofAutoscaler({ namespace, name }: Place): string {
  return `{namespace="${namespace}",horizontalpodautoscaler=~"(keda-hpa-)?${name}"}`;
}

/** A counter's rate a second, by labels; `when` is an offset, as in `offset 1w`. */
export function rateBy(labels: string, series: string, when = ''): string {
  return `sum by (${labels}) (${each(series, when)})`;
}

/** A counter's rate a second in all. */
export function rate(series: string, when = ''): string {
  return `sum(${each(series, when)})`;
}

/** A counter's rate a second, of each that counts. */
export function each(series: string, when = ''): string {
  return `rate(${series}[${RATE_RANGE}]${when && ` ${when}`})`;
}

/** The share that went well, by an objective's own indicator. */
export function wellShare(objective: ObjectiveName): string {
  const { bad, total } = INDICATORS[objective];
  const over = (expr: string) => expr.replaceAll(WINDOW, RATE_RANGE);
  // No series of what did not happen is as good as none of it.
  return `1 - (${over(bad)} or vector(0)) / (${over(total)} > 0)`;
}

/** Seconds within which `share` of the answers came; of some sources only, or at another time. */
export function answeredWithin(share: number, engine: Place, { source = '', when = '' } = {}): string {
  const buckets = `${METRICS.duration}_bucket${of(engine, source && `source="${source}"`)}`;
  return `histogram_quantile(${share}, ${rateBy('le', buckets, when)})`;
}

/** The same hour of the same weekday. */
export const A_WEEK_AGO = 'offset 1w';

/** Alerts that a phone rings for; once, though the next one in line may be called too. */
export const PAGES = `ALERTS{alertstate="firing",${FIRST_CALLS}}`;
export const RINGING = `count(${PAGES}) or vector(0)`;

export const YES_NO = { 0: 'no', 1: 'yes' } as const;
