import type { Season } from './seasons.ts';

/** Inclusive bounds of a replica or worker count. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * How a season narrows a region's year-round bounds. uk-south, 10 to 200 over the year: peak 25–200, pre-season 15–100,
 * off-season 10–50. The other regions follow in proportion.
 */
const ENGINE_SHARE: Record<Season, Bounds> = {
  peak: { minimum: 2.5, maximum: 1 },
  'pre-season': { minimum: 1.5, maximum: 0.5 },
  'off-season': { minimum: 1, maximum: 0.25 },
};

/** The share of its full memory that a Redis cluster has in a season: full, two thirds, half. */
const REDIS_SHARE: Record<Season, number> = { peak: 1, 'pre-season': 2 / 3, 'off-season': 1 / 2 };

/** The engine's replica bounds in `season`, from the region's year-round bounds; fractions round up, in favour of service. */
export function engineBounds(yearRound: Bounds, season: Season): Bounds {
  const share = ENGINE_SHARE[season];
  return {
    minimum: Math.ceil(yearRound.minimum * share.minimum),
    maximum: Math.ceil(yearRound.maximum * share.maximum),
  };
}

/** The memory of a whole Redis cluster in `season`, in MiB, from its full size in GiB; rounded down to what is paid for. */
export function redisMemoryMiB(fullGiB: number, season: Season): number {
  return Math.floor(fullGiB * 1024 * REDIS_SHARE[season]);
}

/** The fewest shards that a Redis cluster can have: three masters can still agree by majority when one is gone. */
export const LEAST_REDIS_SHARDS = 3;

/** The shards of a Redis cluster in `season`, from those at full size: as many as its memory then fills, so that nodes keep their size. */
export function redisShards(full: number, season: Season): number {
  return Math.max(LEAST_REDIS_SHARDS, Math.ceil(full * REDIS_SHARE[season]));
}

/**
 * The workers of a region in `season`, from its year-round bounds. The most follows the season as Redis does; the least holds all
 * year, since that is what one machine's failure leaves room for.
 */
export function workerBounds(yearRound: Bounds, season: Season): Bounds {
  const maximum = Math.max(yearRound.minimum, Math.ceil(yearRound.maximum * REDIS_SHARE[season]));
  return { minimum: yearRound.minimum, maximum };
}
