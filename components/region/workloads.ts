import type { core } from '@pulumi/kubernetes/types/input.js';
import { type Bounds, engineBounds, type Season } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import { ENGINE_MEMORY_LIMIT_MIB, ENGINE_REQUESTS } from '../cache-service/engine-pod.ts';
import { planConsole, REPLICAS } from '../console/plan.ts';
import type { BackupPlan } from '../redis/backup.ts';
import { planRedisCluster } from '../redis/plan.ts';
import { REDIS_PROFILES, type RedisProfileName } from '../redis/profiles.ts';
import { demandOf, type PodGroup } from '../security/quotas.ts';
import { consoleFigures } from './console-figures.ts';
import { PLACES } from './places.ts';
import { redisSize } from './redis-size.ts';

/** Pods alike that do the region's own work, while nothing is updated. */
export interface Workload extends Omit<PodGroup, 'pods'> {
  /** An engine, an operator with its console, a Redis node, one that forms or mends a Redis Cluster, or one that backs it up or brings a backup back. */
  readonly kind: 'engine' | 'operator' | 'node' | 'keeper' | 'backup';
  readonly pods: Bounds;
}

/** Everything that the region itself runs in `season`: what it asks for is read from the Pods that are deployed. */
export function workloads(config: RegionConfig, season: Season): Workload[] {
  const profiles = Object.keys(REDIS_PROFILES) as RedisProfileName[];
  return [
    engines(config, season),
    ...operators(config),
    ...profiles.flatMap((profile) => redis(config, profile, season)),
  ];
}

function engines({ engineReplicas }: RegionConfig, season: Season): Workload {
  return {
    kind: 'engine',
    namespace: PLACES.engine.namespace,
    pods: engineBounds(engineReplicas, season),
    demand: {
      ...ENGINE_REQUESTS,
      memoryLimitMiB: ENGINE_MEMORY_LIMIT_MIB,
      largestContainerMiB: ENGINE_MEMORY_LIMIT_MIB,
    },
  };
}

function operators(config: RegionConfig): Workload[] {
  const figures = consoleFigures(config);
  if (figures === undefined) return [];
  const { deployment } = planConsole({ ...figures, image: '' });
  return [
    {
      kind: 'operator',
      namespace: figures.place.namespace,
      pods: always(REPLICAS),
      demand: demandOf(podOf(deployment.template)),
    },
  ];
}

function redis(config: RegionConfig, profile: RedisProfileName, season: Season): Workload[] {
  const { redisImage: image, cluster } = config;
  const place = PLACES[profile];
  const { exporterImage, quiet, backup, restore } = config.redis;
  const plan = planRedisCluster({
    ...{ place, profile, image, zones: cluster.zones, exporterImage, quiet, backup },
    restore: restore[profile],
    ...redisSize(config, profile, season),
  });
  const { namespace } = place;
  const storageGiB = plan.size.storageGiB;
  const nodes = plan.statefulSets.map(({ spec }) => ({
    ...{ kind: 'node' as const, namespace, storageGiB },
    pods: always(Number(spec.replicas)),
    demand: demandOf(podOf(spec.template)),
  }));
  const keepers = [plan.formation.template, plan.healing.jobTemplate].map((template) => ({
    ...{ kind: 'keeper' as const, namespace },
    pods: always(1),
    demand: demandOf(podOf(template)),
  }));
  return [...nodes, ...keepers, ...backups(namespace, plan.backup)];
}

function backups(namespace: string, plan: BackupPlan | undefined): Workload[] {
  if (plan === undefined) return [];
  const { cronJob, restore, storageGiB } = plan;
  const group = { kind: 'backup' as const, namespace, pods: always(1) };
  return [
    { ...group, demand: demandOf(podOf(cronJob.jobTemplate)), storageGiB },
    ...(restore === undefined ? [] : [{ ...group, demand: demandOf(podOf(restore.template)) }]),
  ];
}

function always(pods: number): Bounds {
  return { minimum: pods, maximum: pods };
}

/** The Pod of a template, or of a Job's template. Plans write them out: none is an output. */
function podOf(template: unknown): core.v1.PodSpec {
  const { spec } = template as { readonly spec: core.v1.PodSpec & { readonly template?: unknown } };
  return spec.template === undefined ? spec : podOf(spec.template);
}
