import { type RegionName } from '@wedsync/domain';
import { isSaturdayDate } from '../calendar/day.ts';
import type { DayDemand, RegionDemand } from './demand.ts';
import { failoverReason, takersOf } from './failover.ts';

/** What is supposed to be otherwise than forecast. */
export interface WhatIf {
  /** How much more each Saturday asks, as a share; other days stay as they are. @default 0 */
  readonly saturdays?: number | undefined;
  /** How much more every day asks, as a share. @default 0 */
  readonly growth?: number | undefined;
  /** The share of questions that the cache answers. @default as in the history */
  readonly hitRate?: number | undefined;
  /** A region that is not there. @default all are */
  readonly lost?: RegionName | undefined;
}

/** What is asked of the regions then. */
export interface Supposed {
  readonly demands: readonly RegionDemand[];
  /** What nobody may answer: questions of all days together. */
  readonly unserved: number;
  /** What was supposed, in words. */
  readonly words: readonly string[];
}

/** The demand of all regions under a supposition. */
export function suppose(demands: readonly RegionDemand[], whatIf: WhatIf): Supposed {
  const { saturdays = 0, growth = 0, hitRate, lost } = whatIf;
  const changed = demands.map((demand) => ({
    ...demand,
    hitRate: hitRate ?? demand.hitRate,
    days: demand.days.map((day) => times(day, (1 + growth) * (isSaturdayDate(day.date) ? 1 + saturdays : 1))),
  }));
  const moved = lost === undefined ? { demands: changed, unserved: 0 } : lose(changed, lost);
  return { ...moved, words: wordsOf(whatIf) };
}

/** Moves the load of a lost region to those that may take it; what nobody may take is unserved. */
export function lose(demands: readonly RegionDemand[], lost: RegionName): Omit<Supposed, 'words'> {
  const gone = demands.find(({ region }) => region === lost);
  if (gone === undefined) return { demands, unserved: 0 };
  const shares = new Map(takersOf(lost).map(({ region, share }) => [region, share]));
  const there = demands.filter(({ region }) => region !== lost);
  const taken = there.reduce((sum, { region }) => sum + (shares.get(region) ?? 0), 0);
  const queries = gone.days.reduce((sum, day) => sum + day.queries, 0);
  return {
    demands: there.map((demand) => added(demand, gone, shares.get(demand.region) ?? 0)),
    unserved: queries * (1 - taken),
  };
}

/** A region's demand with a share of another one's, day by day; its hit rate is that of all questions together. */
export function added(demand: RegionDemand, other: RegionDemand, share: number): RegionDemand {
  if (share === 0) return demand;
  const days = new Map(demand.days.map((day) => [day.date, day]));
  for (const day of other.days) {
    const [own, more] = [days.get(day.date), times(day, share)];
    days.set(day.date, own === undefined ? more : plus(own, more));
  }
  const total = (of: RegionDemand) => of.days.reduce((sum, { queries }) => sum + queries, 0);
  const [own, more] = [total(demand), share * total(other)];
  const hitRate = own + more === 0 ? demand.hitRate : (own * demand.hitRate + more * other.hitRate) / (own + more);
  const sorted = [...days.values()].sort((one, two) => (one.date < two.date ? -1 : 1));
  return { ...demand, hitRate, days: sorted };
}

/** Busiest hours are taken to be the same hour in all regions: the UK and Ireland keep the same clocks. */
function plus(one: DayDemand, other: DayDemand): DayDemand {
  return {
    date: one.date,
    queries: one.queries + other.queries,
    hour: one.hour + other.hour,
    highHour: one.highHour + other.highHour,
  };
}

function times({ date, queries, hour, highHour }: DayDemand, factor: number): DayDemand {
  return { date, queries: queries * factor, hour: hour * factor, highHour: highHour * factor };
}

function wordsOf({ saturdays, growth, hitRate, lost }: WhatIf): string[] {
  const percent = (share: number) => `${share < 0 ? '−' : '+'}${Number(Math.abs(100 * share).toFixed(1))} %`;
  return [
    ...(saturdays === undefined
      ? []
      : [`Saturdays ask ${percent(saturdays)}: their weddings and questions grow together, other days stay`]),
    ...(growth === undefined ? [] : [`every day asks ${percent(growth)} of what is forecast, on top of the trend`]),
    ...(hitRate === undefined ? [] : [`the cache answers ${Number((100 * hitRate).toFixed(2))} % of all questions`]),
    ...(lost === undefined ? [] : [`${lost} is lost: ${failoverReason(lost)}`]),
  ];
}
