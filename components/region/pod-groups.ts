import type { core } from '@pulumi/kubernetes/types/input.js';
import { engineBounds } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import { ENGINE_MEMORY_LIMIT_MIB, ENGINE_REQUESTS } from '../cache-service/engine-pod.ts';
import { SURGE_PERCENT } from '../cache-service/plan.ts';
import { planRedisCluster } from '../redis/plan.ts';
import { REDIS_PROFILES, type RedisProfileName } from '../redis/profiles.ts';
import { demandOf, type PodGroup } from '../security/quotas.ts';
import { redisSize } from './capacity.ts';
import { PLACES } from './places.ts';

/**
 * The season by which quotas are set, all year: a quota that shrank with the season would refuse the smaller Pods that take the
 * place of the greater ones, one after the other.
 */
const SEASON = 'peak';
/** The one that mends a cluster every minute, the one that reshapes it, and one of each that has not quite ended. */
const KEEPERS = 2;

/** Nodes of a cluster that is being reshaped, for each that it has in the end: the old ones go when their slots have moved. */
const RESHAPED = 2;

/** Every Pod that may be there at once: at the peak, in the midst of a rolling update. */
export function podGroups(config: RegionConfig): PodGroup[] {
  const profiles = Object.keys(REDIS_PROFILES) as RedisProfileName[];
  return [engines(config), ...profiles.flatMap((profile) => redis(config, profile))];
}

/** The Pod of a template, or of a Job's template. Plans write them out: none is an output. */
function podOf(template: unknown): core.v1.PodSpec {
  const { spec } = template as { readonly spec: core.v1.PodSpec & { readonly template?: unknown } };
  return spec.template === undefined ? spec : podOf(spec.template);
}

/** The season's most, those of the next version beside them, and as many that still answer what they were asked. */
function engines({ engineReplicas }: RegionConfig): PodGroup {
  const { maximum } = engineBounds(engineReplicas, SEASON);
  return {
    namespace: PLACES.engine.namespace,
    pods: maximum + 2 * Math.ceil((maximum * SURGE_PERCENT) / 100),
    demand: {
      ...ENGINE_REQUESTS,
      memoryLimitMiB: ENGINE_MEMORY_LIMIT_MIB,
      largestContainerMiB: ENGINE_MEMORY_LIMIT_MIB,
    },
  };
}

/** Nodes, which are replaced one by one and never surge, and the Pods that keep them together. */
function redis(config: RegionConfig, profile: RedisProfileName): PodGroup[] {
  const { redisImage: image, cluster } = config;
  const place = PLACES[profile];
  const { exporterImage, quiet } = config.redis;
  const plan = planRedisCluster({
    ...{ place, profile, image, zones: cluster.zones, exporterImage, quiet },
    ...redisSize(config, profile, SEASON),
  });
  const { namespace } = place;
  const storageGiB = plan.size.storageGiB;
  const nodes = plan.statefulSets.map(({ spec }) => ({
    pods: Number(spec.replicas) * RESHAPED,
    spec: podOf(spec.template),
  }));
  const keepers = [plan.formation.template, plan.healing.jobTemplate].map(podOf);
  return [
    ...nodes.map(({ pods, spec }) => ({ namespace, pods, demand: demandOf(spec), storageGiB })),
    ...keepers.map((spec) => ({ namespace, pods: KEEPERS, demand: demandOf(spec) })),
  ];
}
