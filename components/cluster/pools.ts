import type { Bounds } from '@wedsync/domain';

/** Workers of one zone. */
export interface PoolPlan {
  readonly name: string;
  /** The zone by its cloud's name; `undefined` where the cloud has none. */
  readonly zone: string | undefined;
  readonly bounds: Bounds;
}

/**
 * One pool a zone, so that a volume, which lies in one zone, always finds a worker there. The bounds of all pools add up to those of the
 * region; a first zone has at most one worker more than a last one.
 */
export function zonePools(workers: Bounds, zones: readonly string[]): PoolPlan[] {
  const places = zones.length === 0 ? [undefined] : zones;
  return places.map((zone, index) => ({
    name: `workers${index + 1}`,
    zone,
    bounds: {
      minimum: share(workers.minimum, index, places.length),
      maximum: share(workers.maximum, index, places.length),
    },
  }));
}

function share(all: number, index: number, places: number): number {
  return Math.floor(all / places) + (index < all % places ? 1 : 0);
}
