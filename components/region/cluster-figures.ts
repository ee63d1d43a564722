import type { Season } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import type { ClusterFigures } from '../cluster/plan.ts';
import { serviceLoad } from '../cluster-services/requests.ts';
import { demand } from './capacity.ts';

/** What the cluster of a region is planned from. */
export function clusterFigures(config: RegionConfig): ClusterFigures {
  const { name: region, season, cluster, workers, pool, networkGbps } = config;
  const least = (of: Season) => demand(config, of, 'minimum');
  return {
    ...cluster,
    ...{ region, season, workers, pool, networkGbps },
    least: { peak: least('peak'), 'pre-season': least('pre-season'), 'off-season': least('off-season') },
    services: serviceLoad(config.clusterServices.choices),
  };
}
