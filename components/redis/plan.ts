import type { apps, batch, core, policy } from '@pulumi/kubernetes/types/input.js';
import { createHash } from 'node:crypto';
import { serviceCertificate, type CertificateSpec } from '../security/certificates.ts';
import { objectLabels, selectorLabels } from '../shared/labels.ts';
import { type Place, serviceName, serviceNames } from '../shared/service-names.ts';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { SYSTEM_USERS } from './acl.ts';
import { METRICS_PORT, METRICS_PORT_NAME, serviceMonitorSpec } from './exporter.ts';
import { type BackupFigures, type BackupPlan, planBackup } from './backup.ts';
import { formationPod, healingPod } from './keeper-pod.ts';
import { nodePod } from './node-pod.ts';
import { REDIS_PROFILES, type RedisProfileName } from './profiles.ts';
import type { QuietDays } from './quiet-days.ts';
import { redisConf } from './redis-conf.ts';
import type { ScriptFigures } from './script-pod.ts';
import { backupStorageGiB, type ClusterSize, nodeSize, type NodeSize } from './sizing.ts';
import { BUS_PORT, REDIS_PORT, shards, type Shard } from './topology.ts';

/** What a Redis Cluster is planned from. */
export interface RedisClusterFigures {
  readonly place: Place;
  readonly profile: RedisProfileName;
  /** Image by digest. */
  readonly image: string;
  /** What all nodes have together in the present season. */
  readonly present: ClusterSize;
  /** What all nodes have together at full size. */
  readonly full: ClusterSize;
  /** Availability zones among the workers. */
  readonly zones: number;
  /** Days on which no slot moves from one shard to another. */
  readonly quiet: QuietDays;
  /** Image of redis_exporter, by digest. @default no exporter */
  readonly exporterImage?: string | undefined;
  /** Whether the cluster has the Prometheus operator, which is then told of the exporters. @default false */
  readonly monitoring?: boolean;
  /** A Secret of the namespace that has `tls.crt`, `tls.key` and `ca.crt`. @default one that cert-manager makes */
  readonly tlsSecret?: string | undefined;
  /**
   * A Secret of the namespace that has `users.acl`, `replication.conf` and a password a system user, named after it.
   * @default one that the program makes
   */
  readonly authSecret?: string | undefined;
  /** Lines to be added to the configuration of every node; checked before anything is made. @default none */
  readonly extraConfiguration?: readonly string[];
  /** @default no backups */
  readonly backup?: BackupFigures;
  /** The name of a backup that shall be brought into the cluster, which must be empty. @default none */
  readonly restore?: string | undefined;
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
  /** The claim of the backups, and what makes them. */
  readonly backup: string;
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
  /** `undefined` where the certificate is somebody else's. */
  readonly certificate: CertificateSpec | undefined;
  readonly service: core.v1.ServiceSpec;
  readonly statefulSets: readonly { readonly name: string; readonly spec: apps.v1.StatefulSetSpec }[];
  /** The claim of each node and the size that it shall have. */
  readonly claims: readonly { readonly name: string; readonly spec: core.v1.PersistentVolumeClaimSpec }[];
  /** `undefined` where there is no exporter or nobody to ask it. */
  readonly serviceMonitor: NonNullable<IServiceMonitor['spec']> | undefined;
  readonly disruptionBudget: policy.v1.PodDisruptionBudgetSpec;
  readonly formation: batch.v1.JobSpec;
  readonly healing: batch.v1.CronJobSpec;
  readonly backup: BackupPlan | undefined;
}

/** The volumeClaimTemplate; a claim is called `data-<StatefulSet>-<ordinal>`. */
const DATA_CLAIM = 'data';

/** Seconds that the formation waits for all nodes to start. */
const FORMATION_WAIT_SECONDS = 300;

/** Lays out a Redis Cluster: a StatefulSet a shard, one Service for all, a Job that forms it and a CronJob that mends it. */
export function planRedisCluster(figures: RedisClusterFigures): RedisClusterPlan {
  const { place, image, present, exporterImage } = figures;
  const profile = REDIS_PROFILES[figures.profile];
  const size = nodeSize(profile, present, figures.full);
  const names = namesOf(figures);
  const labels = objectLabels('redis', place.name);
  const selector = selectorLabels('redis', place.name);
  const keeperSelector = selectorLabels('redis-keeper', place.name);
  const configuration = redisConf(profile, size, figures.extraConfiguration);
  const allShards = shards(place, present.shards);
  const keeper = { image, names, place, shards: allShards };
  const keeperTemplate = (spec: core.v1.PodSpec) => ({ metadata: { labels: keeperSelector }, spec });

  return {
    names,
    labels,
    selector,
    keeperSelector,
    size,
    shards: allShards,
    configuration,
    certificate: figures.tlsSecret === undefined ? nodeCertificate(place, names.tls) : undefined,
    service: {
      clusterIP: 'None',
      // Nodes must find each other before any of them is ready.
      publishNotReadyAddresses: true,
      selector,
      ports: [
        { name: 'tls-redis', port: REDIS_PORT, targetPort: 'tls-redis' },
        { name: 'tls-bus', port: BUS_PORT, targetPort: 'tls-bus' },
        ...(exporterImage === undefined
          ? []
          : [{ name: METRICS_PORT_NAME, port: METRICS_PORT, targetPort: METRICS_PORT_NAME }]),
      ],
    },
    statefulSets: allShards.map((shard) => ({
      name: shard.name,
      spec: statefulSet(figures, shard, { names, size, selector, configuration }),
    })),
    claims: allShards.flatMap((shard) =>
      shard.nodes.map((_, ordinal) => ({ name: `${DATA_CLAIM}-${shard.name}-${ordinal}`, spec: claimOf(size) })),
    ),
    disruptionBudget: { maxUnavailable: 1, selector: { matchLabels: selector } },
    formation: {
      backoffLimit: 10,
      template: keeperTemplate(formationPod(keeper, FORMATION_WAIT_SECONDS, figures.quiet)),
    },
    healing: {
      schedule: '* * * * *',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 30,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: { backoffLimit: 0, activeDeadlineSeconds: 90, template: keeperTemplate(healingPod(keeper)) },
      },
    },
    backup: backupOf(figures, keeper, size),
    serviceMonitor:
      exporterImage === undefined || !figures.monitoring ? undefined : serviceMonitorSpec(place, labels, names.tls),
  };
}

function backupOf(
  { backup, restore, profile, full, place }: RedisClusterFigures,
  figures: ScriptFigures,
  size: NodeSize,
): BackupPlan | undefined {
  if (backup === undefined) return undefined;
  const storageGiB = backupStorageGiB(REDIS_PROFILES[profile], full, backup.keep);
  return planBackup({
    ...figures,
    backup,
    restore,
    size,
    storageGiB,
    labels: selectorLabels('redis-backup', place.name),
  });
}

function namesOf({ place, tlsSecret, authSecret }: RedisClusterFigures): RedisNames {
  return {
    configuration: `${place.name}-configuration`,
    scripts: `${place.name}-scripts`,
    auth: authSecret ?? `${place.name}-auth`,
    passwords: authSecret ?? `${place.name}-passwords`,
    tls: tlsSecret ?? `${place.name}-tls`,
    keeper: `${place.name}-keeper`,
    backup: `${place.name}-backup`,
  };
}

function nodeCertificate(place: Place, secret: string): CertificateSpec {
  return serviceCertificate(
    secret,
    [...serviceNames(place), `*.${serviceName(place)}`, 'localhost'],
    ['server auth', 'client auth', 'digital signature'],
  );
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
        // Redis reads its files at start: new ones need new Pods, which is where new users come in too.
        annotations: { 'wedsync.io/configuration': sha256(parts.configuration + JSON.stringify(SYSTEM_USERS)) },
      },
      spec: nodePod({
        ...figures,
        ...parts,
        exporterImage: figures.exporterImage,
        peers: shard.nodes,
        shardLabels: labels,
      }),
    },
    volumeClaimTemplates: [{ metadata: { name: DATA_CLAIM }, spec: claimOf(parts.size) }],
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function claimOf(size: NodeSize): core.v1.PersistentVolumeClaimSpec {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${size.storageGiB}Gi` } } };
}
