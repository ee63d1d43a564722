import type { apps, batch, core, policy } from '@pulumi/kubernetes/types/input.js';
import { createHash } from 'node:crypto';
import { serviceCertificate, type CertificateSpec } from '../security/certificates.ts';
import { objectLabels, selectorLabels } from '../shared/labels.ts';
import { type Place, serviceName, serviceNames } from '../shared/service-names.ts';
import { keeperPod } from './keeper-pod.ts';
import { nodePod } from './node-pod.ts';
import { REDIS_PROFILES, type RedisProfileName } from './profiles.ts';
import { redisConf } from './redis-conf.ts';
import { nodeSize, type NodeSize } from './sizing.ts';
import { BUS_PORT, REDIS_PORT, shards, type Shard } from './topology.ts';

/** What a Redis Cluster is planned from. */
export interface RedisClusterFigures {
  readonly place: Place;
  readonly profile: RedisProfileName;
  /** Image by digest. */
  readonly image: string;
  /** Memory of all nodes in the present season, in MiB. */
  readonly memoryMiB: number;
  /** Memory of all nodes at full size, in GiB. */
  readonly fullMemoryGiB: number;
  /** Availability zones among the workers. */
  readonly zones: number;
}

/** Names of the objects that belong to a cluster. */
export interface RedisNames {
  readonly configuration: string;
  readonly scripts: string;
  /** The ACL file and the replication password. */
  readonly auth: string;
  /** A password a key, named after its user. */
  readonly passwords: string;
  readonly tls: string;
  readonly keeper: string;
}

/** A Redis Cluster as data: everything but its passwords. */
export interface RedisClusterPlan {
  readonly names: RedisNames;
  readonly labels: Record<string, string>;
  /** The labels that select the nodes, and those that select the keeper. */
  readonly selector: Record<string, string>;
  readonly keeperSelector: Record<string, string>;
  readonly size: NodeSize;
  readonly shards: readonly Shard[];
  readonly configuration: string;
  readonly certificate: CertificateSpec;
  readonly service: core.v1.ServiceSpec;
  readonly statefulSets: readonly { readonly name: string; readonly spec: apps.v1.StatefulSetSpec }[];
  readonly disruptionBudget: policy.v1.PodDisruptionBudgetSpec;
  readonly formation: batch.v1.JobSpec;
  readonly healing: batch.v1.CronJobSpec;
}

/** Seconds that the formation waits for all nodes to start. */
const FORMATION_WAIT_SECONDS = 300;

/** Lays out a Redis Cluster: a StatefulSet a shard, one Service for all, a Job that forms it and a CronJob that mends it. */
export function planRedisCluster(figures: RedisClusterFigures): RedisClusterPlan {
  const { place, image } = figures;
  const profile = REDIS_PROFILES[figures.profile];
  const size = nodeSize(profile, figures.memoryMiB, figures.fullMemoryGiB);
  const names: RedisNames = {
    configuration: `${place.name}-configuration`,
    scripts: `${place.name}-scripts`,
    auth: `${place.name}-auth`,
    passwords: `${place.name}-passwords`,
    tls: `${place.name}-tls`,
    keeper: `${place.name}-keeper`,
  };
  const selector = selectorLabels('redis', place.name);
  const keeperSelector = selectorLabels('redis-keeper', place.name);
  const configuration = redisConf(profile, size);
  const allShards = shards(place);
  const keeper = (waitSeconds: number) => ({
    metadata: { labels: keeperSelector },
    spec: keeperPod({ image, names, place, shards: allShards, waitSeconds }),
  });

  return {
    names,
    labels: objectLabels('redis', place.name),
    selector,
    keeperSelector,
    size,
    shards: allShards,
    configuration,
    certificate: serviceCertificate(
      names.tls,
      [...serviceNames(place), `*.${serviceName(place)}`, 'localhost'],
      ['server auth', 'client auth', 'digital signature'],
    ),
    service: {
      clusterIP: 'None',
      // Nodes must find each other before any of them is ready.
      publishNotReadyAddresses: true,
      selector,
      ports: [
        { name: 'tls-redis', port: REDIS_PORT, targetPort: 'tls-redis' },
        { name: 'tls-bus', port: BUS_PORT, targetPort: 'tls-bus' },
      ],
    },
    statefulSets: allShards.map((shard) => ({
      name: shard.name,
      spec: statefulSet(figures, shard, { names, size, selector, configuration }),
    })),
    disruptionBudget: { maxUnavailable: 1, selector: { matchLabels: selector } },
    formation: { backoffLimit: 10, template: keeper(FORMATION_WAIT_SECONDS) },
    healing: {
      schedule: '* * * * *',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 30,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: { backoffLimit: 0, activeDeadlineSeconds: 90, template: keeper(0) } },
    },
  };
}

interface Parts {
  readonly names: RedisNames;
  readonly size: NodeSize;
  readonly selector: Record<string, string>;
  readonly configuration: string;
}

function statefulSet(figures: RedisClusterFigures, shard: Shard, parts: Parts): apps.v1.StatefulSetSpec {
  const labels = { ...parts.selector, 'wedsync.io/shard': String(shard.index) };
  return {
    serviceName: figures.place.name,
    replicas: shard.nodes.length,
    podManagementPolicy: 'Parallel',
    selector: { matchLabels: labels },
    template: {
      metadata: {
        labels,
        // Redis reads its file at start: a new file needs new Pods.
        annotations: { 'wedsync.io/configuration': createHash('sha256').update(parts.configuration).digest('hex') },
      },
      spec: nodePod({ ...figures, ...parts, peers: shard.nodes, shardLabels: labels }),
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${parts.size.storageGiB}Gi` } } },
      },
    ],
  };
}
