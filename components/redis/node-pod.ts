import type { core } from '@pulumi/kubernetes/types/input.js';
import { RESTRICTED_CONTAINER, restrictedPod } from '../shared/pod-security.ts';
import { PRIORITY } from '../shared/priority-classes.ts';
import { type Place, serviceName } from '../shared/service-names.ts';
import { HANDOVER_USER, PROBE_USER } from './acl.ts';
import { exporterContainer } from './exporter.ts';
import { FILES, PATHS } from './paths.ts';
import type { RedisNames } from './plan.ts';
import type { NodeSize } from './sizing.ts';
import { BUS_PORT, REDIS_PORT } from './topology.ts';

/** The user and group `redis` of the official image. */
export const REDIS_UID = 999;

/** A master waits with its end until its replica has everything and takes over; `stop-node.sh` gives up a little earlier. */
const GRACE_SECONDS = 120;

const ZONE = 'topology.kubernetes.io/zone';

interface NodePodFigures {
  readonly place: Place;
  readonly image: string;
  readonly exporterImage: string | undefined;
  readonly zones: number;
  readonly size: NodeSize;
  readonly names: RedisNames;
  /** Hosts of the shard's nodes. */
  readonly peers: readonly string[];
  /** Labels that all nodes of the cluster share. */
  readonly selector: Record<string, string>;
  /** Labels that the nodes of one shard share, and no other Pod has. */
  readonly shardLabels: Record<string, string>;
}

/** The Pod of a Redis node. */
export function nodePod(figures: NodePodFigures): core.v1.PodSpec {
  const { place, names, shardLabels, zones, exporterImage } = figures;
  return {
    serviceAccountName: place.name,
    priorityClassName: PRIORITY.redis,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(REDIS_UID),
    terminationGracePeriodSeconds: GRACE_SECONDS,
    affinity: {
      podAntiAffinity: {
        // A master and its replica never share a machine.
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: shardLabels } },
        ],
      },
    },
    topologySpreadConstraints: [...(zones > 1 ? [zoneSpread(shardLabels)] : []), ...evenSpread(figures)],
    containers: [
      redisContainer(figures),
      ...(exporterImage === undefined
        ? []
        : [exporterContainer({ place, image: exporterImage, passwords: names.passwords })]),
    ],
    volumes: [
      { name: 'configuration', configMap: { name: names.configuration } },
      { name: 'scripts', configMap: { name: names.scripts } },
      { name: 'tls', secret: { secretName: names.tls, defaultMode: 0o440 } },
      { name: 'auth', secret: { secretName: names.auth, defaultMode: 0o440 } },
    ],
  };
}

/**
 * The nodes of all shards evenly over machines, and zones where there are some, as far as there is room: the fewer masters fall at
 * once, the likelier those that are left are most of them, and can vote.
 */
function evenSpread({ zones, selector }: NodePodFigures): core.v1.TopologySpreadConstraint[] {
  const keys = [...(zones > 1 ? [ZONE] : []), 'kubernetes.io/hostname'];
  return keys.map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector },
  }));
}

/** With one node more or less a zone at the most, the two nodes of a shard lie in two zones. */
function zoneSpread(shardLabels: Record<string, string>): core.v1.TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: ZONE,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: shardLabels },
  };
}

function redisContainer({ place, image, size, names, peers }: NodePodFigures): core.v1.Container {
  return {
    name: 'redis',
    image,
    command: ['sh', `${PATHS.scripts}/${FILES.start}`],
    args: [
      `${PATHS.configuration}/${FILES.configuration}`,
      '--bind',
      '$(POD_IP)',
      '--cluster-announce-ip',
      '$(POD_IP)',
      '--cluster-announce-hostname',
      `$(POD_NAME).${serviceName(place)}`,
    ],
    env: [
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'PEERS', value: peers.join(' ') },
      { name: 'PORT', value: String(REDIS_PORT) },
      { name: 'NODES_FILE', value: `${PATHS.data}/${FILES.view}` },
      { name: 'CA_FILE', value: `${PATHS.tls}/ca.crt` },
      { name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: names.passwords, key: PROBE_USER.name } } },
      { name: 'HANDOVER_AUTH', valueFrom: { secretKeyRef: { name: names.passwords, key: HANDOVER_USER.name } } },
    ],
    ports: [
      { name: 'tls-redis', containerPort: REDIS_PORT },
      { name: 'tls-bus', containerPort: BUS_PORT },
    ],
    resources: {
      requests: { cpu: `${size.cpuMillis}m`, memory: `${size.memoryMiB}Mi` },
      limits: { memory: `${size.memoryMiB}Mi` },
    },
    securityContext: RESTRICTED_CONTAINER,
    // Loading a full append-only file takes minutes; until then the node answers LOADING.
    startupProbe: { ...ping(), periodSeconds: 2, failureThreshold: 450 },
    readinessProbe: { ...ping(), periodSeconds: 10, failureThreshold: 2 },
    livenessProbe: { ...ping(), periodSeconds: 15, failureThreshold: 4 },
    lifecycle: { preStop: { exec: { command: ['sh', `${PATHS.scripts}/${FILES.stop}`] } } },
    volumeMounts: [
      { name: 'data', mountPath: PATHS.data },
      { name: 'configuration', mountPath: PATHS.configuration, readOnly: true },
      { name: 'scripts', mountPath: PATHS.scripts, readOnly: true },
      { name: 'tls', mountPath: PATHS.tls, readOnly: true },
      { name: 'auth', mountPath: PATHS.auth, readOnly: true },
    ],
  };
}

/** Asks this node alone, not the cluster: a node must be ready before the cluster can be formed. */
function ping(): core.v1.Probe {
  const command = [
    'redis-cli -e --no-auth-warning -h "$POD_IP"',
    `-p ${REDIS_PORT} --tls --cacert ${PATHS.tls}/ca.crt --user ${PROBE_USER.name} ping`,
  ].join(' ');
  return { exec: { command: ['sh', '-c', command] }, timeoutSeconds: 3 };
}
