import { dateIn } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import { KEDA_NAMESPACE } from '../cluster-services/services/keda.ts';
import { exemptUsers } from '../security/admission/exempt-users.ts';
import type { AdmissionAction } from '../security/admission/objects.ts';
import type { AdmissionFigures } from '../security/admission/plan.ts';
import { NAMESPACES } from './places.ts';

/** What the rules at admission are planned from, in this region. */
export function admissionFigures(config: RegionConfig, action: AdmissionAction): AdmissionFigures {
  const { identity, instant, busyDays, cluster, certManagerNamespace, clusterServices } = config;
  const today = dateIn(identity.zone, instant);
  return {
    action,
    namespaces: Object.values(NAMESPACES),
    redisNamespace: NAMESPACES.redis,
    registries: registries(config),
    zones: cluster.zones,
    zone: identity.zone,
    busyDays: [...busyDays].filter((date) => date >= today).sort(),
    exemptUsers: exemptUsers([certManagerNamespace, KEDA_NAMESPACE, clusterServices.monitoringNamespace]),
  };
}

/** From where the region's own images come, and from nowhere else. */
function registries({ imageRegistry, redisImage, engineImage, operatorImage, redis }: RegionConfig): string[] {
  const images = [redisImage, redis.exporterImage, engineImage, operatorImage].filter((image) => image !== undefined);
  return [...new Set([imageRegistry, ...images.map(repositoryOf)])];
}

function repositoryOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[\w.-]+$/, '');
}
