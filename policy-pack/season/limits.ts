import {
  type Bounds,
  engineBounds,
  parseInstant,
  poolOf,
  regionCapacity,
  regionIdentity,
  type RegionName,
  type Season,
  seasonAt,
} from '@wedsync/domain';

export interface SeasonSettings {
  /** CPU cores that all workloads may ask for together. */
  readonly cpu?: number;
  /** Memory in GiB that all workloads may ask for together. */
  readonly memoryGiB?: number;
  /** Replicas of the cache engine over the year, as `minimum` and `maximum`; the season narrows them. */
  readonly engineReplicas?: Partial<Bounds>;
}

/** When is judged: the present, or in a preview the instant that was asked for, in the wall time of the region if it names no offset. */
export interface SeasonMoment {
  readonly now: number;
  readonly asked: string | undefined;
}

/** What may be asked for in a season. */
export interface Limits {
  readonly region: RegionName;
  readonly season: Season;
  readonly engine: Bounds;
  readonly yearRound: Bounds;
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** What a region may ask for at a moment. */
export function limitsOf(region: RegionName, { now, asked }: SeasonMoment, settings: SeasonSettings): Limits {
  const { zone } = regionIdentity(region);
  const season = seasonAt((asked === undefined ? undefined : parseInstant(asked, zone)) ?? now, zone);
  const yearRound = { ...regionCapacity(region).engineReplicas, ...settings.engineReplicas };
  const pool = poolOf(season);
  return {
    region,
    season,
    yearRound,
    engine: engineBounds(yearRound, season),
    cpu: settings.cpu ?? pool.cpu,
    memoryGiB: settings.memoryGiB ?? pool.memoryGiB,
  };
}

/** A season for people: `the off-season`. */
export function seasonName(season: Season): string {
  return season === 'peak' ? 'the peak season' : `the ${season}`;
}
