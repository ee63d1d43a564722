import type { RegionName } from '@wedsync/domain';
import type { Recommendation, SeasonPlan, Sourced, UnitFigures } from '@wedsync/season-analytics';
import { tableOf } from '../../../bench/lib/table.ts';
import { count } from './words.ts';

/** What a plan says of a region. */
export interface RegionPlan {
  readonly region: RegionName;
  readonly hitRate: number;
  readonly history: string;
  readonly seasons: readonly SeasonPlan[];
  /** None where a region is supposed to be lost: bounds are for all regions. */
  readonly recommendations: readonly Recommendation[];
}

/** A whole plan. */
export interface Plan {
  readonly supposed: readonly string[];
  readonly unserved: number;
  readonly regions: readonly RegionPlan[];
  readonly units: UnitFigures;
}

export function describePlan({ supposed, unserved, regions, units }: Plan): string {
  return [
    ...(supposed.length === 0 ? [] : [`Supposed: ${supposed.join('; ')}.`]),
    ...(unserved > 0 ? [`${count(unserved)} queries in that time are answered by nobody.`] : []),
    ...regions.map(describeRegion),
    describeUnits(units),
  ].join('\n\n');
}

function describeRegion({ region, history, hitRate, seasons, recommendations }: RegionPlan): string {
  const head = [
    'season',
    'queries a day',
    'busiest hour',
    'on',
    'engines',
    'because of',
    'allowed',
    'Redis GiB',
    'has',
    'shards',
    'workers',
    'allowed',
  ];
  const shortages = seasons.flatMap((plan) => plan.shortages.map((words) => `  ${plan.demand.season}: ${words}.`));
  return [
    `${region}: ${history}; hit rate ${(100 * hitRate).toFixed(1)} %`,
    tableOf(head, seasons.map(row)),
    ...(shortages.length === 0 ? ['  Everything fits into what the stack file allows.'] : shortages),
    ...recommendations.map(recommended),
  ].join('\n');
}

function row({ demand, engines, redis, workers }: SeasonPlan): string[] {
  return [
    demand.season,
    count(demand.queriesADay),
    `${count(demand.busiest.hour)}, up to ${count(demand.busiest.highHour)}`,
    demand.busiest.date,
    String(engines.engines),
    engines.by,
    `${engines.configured.minimum}–${engines.configured.maximum}`,
    redis.memoryGiB.toFixed(1),
    redis.configuredGiB.toFixed(1),
    String(redis.shards),
    String(workers.count),
    `${workers.configured.minimum}–${workers.configured.maximum}`,
  ];
}

function recommended({ setting, configured, wanted, applied, allowed, reason }: Recommendation): string {
  const change = applied === configured ? `stays ${configured}` : `${configured} → ${applied}`;
  return `  ${setting} ${change} (wanted ${wanted}${outside(wanted, allowed)}): ${reason}.`;
}

function outside(wanted: number, { minimum, maximum }: Recommendation['allowed']): string {
  const bounds = minimum === maximum ? `is ${minimum}` : `goes from ${minimum} to ${maximum}`;
  return wanted < minimum || wanted > maximum
    ? `; the product’s own table ${bounds}, and no forecast changes that`
    : '';
}

function describeUnits(units: UnitFigures): string {
  const line = (name: string, { value, source }: Sourced) => `  ${Number(value.toFixed(2))} ${name}: ${source}`;
  return [
    'Reckoned with',
    line('requests a second from a core', units.hitsPerSecondPerCore),
    `  ${units.engine.cpu} cores and ${units.engine.memoryGiB.toFixed(2)} GiB an engine: what its Pod asks for`,
    line('of an engine used', units.utilisation),
    line('requests under way in an engine', units.requestsUnderWay),
    line('s until the provider answers', units.originSeconds),
    line('h that an answer lives', units.lifetimeHours),
    line('KiB an answer', units.answerKiB),
    line('of a Redis node’s memory for data', units.redisDataShare),
    line('of that filled', units.redisFill),
  ].join('\n');
}
