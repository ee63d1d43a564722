import type { Place } from '../shared/service-names.ts';

/** Where the region's workloads live. */
export interface RegionPlaces {
  readonly engine: Place;
  readonly cache: Place;
  readonly queue: Place;
  readonly operator: Place;
}

export const NAMESPACES = { cache: 'wedsync-cache', redis: 'wedsync-redis' } as const;

export const PLACES: RegionPlaces = {
  engine: { namespace: NAMESPACES.cache, name: 'cache-engine' },
  cache: { namespace: NAMESPACES.redis, name: 'redis-cache' },
  queue: { namespace: NAMESPACES.redis, name: 'redis-queue' },
  operator: { namespace: NAMESPACES.cache, name: 'region-operator' },
};
