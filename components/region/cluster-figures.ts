import type { Season } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import type { ClusterFigures } from '../cluster/plan.ts';
import { serviceLoad } from '../cluster-services/requests.ts';
import { demand } from './capacity.ts';

/** What the cluster of a region is planned from. */
export function clusterFigures(config: RegionConfig): ClusterFigures {
  const { name: region, season, cluster, workers, pool, networkGbps } = config;
  const work = (of: Season) => ({ least: demand(config, of, 'minimum'), most: demand(config, of, 'maximum') });
  return {
    ...cluster,
    ...{ region, season, workers, pool, networkGbps },
    work: { peak: work('peak'), 'pre-season': work('pre-season'), 'off-season': work('off-season') },
    services: serviceLoad(config.clusterServices.choices),
  };
}
