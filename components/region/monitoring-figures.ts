import type { RegionConfig } from '../../config.ts';
import type { MonitoringArgs } from '../monitoring/monitoring.ts';
import { consoleFigures } from './console-figures.ts';
import { NAMESPACES, PLACES } from './places.ts';

/** What the rules of a region are made from. */
export function monitoringFigures(config: RegionConfig): MonitoringArgs {
  const { identity, busyDays, instant, monitoring, clusterServices } = config;
  const { engine, cache, queue } = PLACES;
  return {
    zone: identity.zone,
    ...{ busyDays, instant, engine },
    redis: { cache, queue },
    operator: consoleFigures(config)?.place,
    namespaces: Object.values(NAMESPACES),
    namespace: clusterServices.monitoringNamespace,
    ...monitoring,
  };
}
