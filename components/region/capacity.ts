import { type Bounds, type Season, SEASONS } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import { type Resources, times, total } from '../shared/resources.ts';
import { workloads } from './workloads.ts';

/** CPU (thousandths of a core), memory (MiB) and storage (GiB). */
export interface Demand extends Resources {
  readonly storageGiB: number;
}

/** Where a season asks for more than the region has. */
export interface Shortage {
  readonly season: Season;
  readonly resource: 'CPU' | 'memory' | 'storage';
  readonly wanted: string;
  readonly available: string;
  /** The setting that says what is available. */
  readonly setting: string;
}

/**
 * What the region's own work asks for in `season`: engines, Redis nodes and keepers, with the engine scaled out to the season's
 * maximum, or in to its minimum. What the services of the cluster ask for comes on top, and is no part of `wedsync:pool`.
 */
export function demand(config: RegionConfig, season: Season, engines: keyof Bounds = 'maximum'): Demand {
  const all = workloads(config, season);
  return {
    ...total(all.map(({ pods, demand: each }) => times(pods[engines], each))),
    storageGiB: all.reduce((sum, { pods, storageGiB = 0 }) => sum + pods[engines] * storageGiB, 0),
  };
}

/** Every season and resource in which the region's own figures contradict each other; empty when they fit. */
export function shortages(config: RegionConfig): Shortage[] {
  return SEASONS.flatMap((season) => {
    const pool = season === 'peak' ? 'weddingSeason' : 'normal';
    const { cpu, memoryGiB } = config.pool[pool];
    const { cpuMillis, memoryMiB, storageGiB } = demand(config, season);
    return [
      ...short(season, 'CPU', cpuMillis / 1000, cpu, `pool.${pool}.cpu`),
      ...short(season, 'memory', memoryMiB / 1024, memoryGiB, `pool.${pool}.memoryGiB`),
      ...short(season, 'storage', storageGiB, config.storageGiB, 'storageGiB'),
    ];
  });
}

function short(
  season: Season,
  resource: Shortage['resource'],
  wanted: number,
  available: number,
  setting: string,
): Shortage[] {
  if (wanted <= available) return [];
  const unit = resource === 'CPU' ? 'cores' : 'GiB';
  const words = { wanted: `${Math.ceil(wanted)} ${unit}`, available: `${available} ${unit}` };
  return [{ season, resource, ...words, setting }];
}
