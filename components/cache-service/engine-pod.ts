import { DRAIN_SECONDS, ENVIRONMENT, HTTP_PORT, PATHS as ENDPOINTS } from '@wedsync/cache-engine/contract';
import type { core } from '@pulumi/kubernetes/types/input.js';
import type { Input } from '@pulumi/pulumi';
import type { RegionName } from '@wedsync/domain';
import { RESTRICTED_CONTAINER, restrictedPod } from '../shared/pod-security.ts';
import { spreadPods } from '../shared/pod-spread.ts';
import { PRIORITY } from '../shared/priority-classes.ts';
import type { Place } from '../shared/service-names.ts';

/** The user that the image's Dockerfile makes. */
const ENGINE_UID = 10001;
/** How long a Pod that is about to stop goes on serving, while the news reaches every load balancer. */
const LEAVE_SECONDS = 5;

export const ENGINE_PORT_NAME = 'https';
/** The embedding model and its runtime take about 150 MiB beside the hot tier. */
export const ENGINE_REQUESTS = { cpuMillis: 250, memoryMiB: 448 } as const;
export const ENGINE_MEMORY_LIMIT_MIB = 768;
const HOT_TIER_MIB = 128;

const TLS_DIRECTORY = '/etc/wedsync/tls';
export const ENGINE_SECRETS_DIRECTORY = '/etc/wedsync/secrets';

/** Keys of the engine's Secret. */
export const SECRET_KEYS = {
  cachePassword: 'redis-cache-password',
  queuePassword: 'redis-queue-password',
  adminToken: 'admin-token',
  originKey: 'origin-key',
  judgeKey: 'judge-key',
  keyEncryptionKeys: 'key-encryption-keys',
} as const;

/** The small model that decides whether two questions ask the same. */
export interface JudgePlan {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly model: string;
  readonly hasKey: boolean;
}

/** An S3-compatible store for seldom used answers. */
export interface ColdTierPlan {
  /** `s3://BUCKET` or `s3://BUCKET/PREFIX`. */
  readonly place: string;
  /** @default AWS S3 in `region` */
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
}

/** A Redis Cluster as its client sees it. */
export interface RedisEndpoint {
  /** `host:port` of the nodes, separated by commas. */
  readonly nodes: string;
  readonly user: string;
}

export interface EnginePodFigures {
  readonly place: Place;
  readonly region: RegionName;
  /** Image by digest. */
  readonly image: Input<string>;
  readonly cache: RedisEndpoint;
  readonly queue: RedisEndpoint;
  readonly originUrl: string | undefined;
  readonly hasOriginKey: boolean;
  /** @default no judge: only equal wording confirms another question's answer */
  readonly judge: JudgePlan | undefined;
  /** @default every answer stays in Redis */
  readonly coldTier: ColdTierPlan | undefined;
  readonly selector: Record<string, string>;
  readonly secretName: string;
  readonly tlsSecretName: string;
}

/** The Pod of the cache engine. */
export function enginePod(figures: EnginePodFigures): core.v1.PodSpec {
  const { place, selector, secretName, tlsSecretName } = figures;
  return {
    serviceAccountName: place.name,
    priorityClassName: PRIORITY.engine,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(ENGINE_UID),
    terminationGracePeriodSeconds: LEAVE_SECONDS + DRAIN_SECONDS + 5,
    topologySpreadConstraints: spreadPods(selector),
    containers: [engineContainer(figures)],
    volumes: [
      { name: 'tls', secret: { secretName: tlsSecretName, defaultMode: 0o440 } },
      { name: 'secrets', secret: { secretName, defaultMode: 0o440 } },
    ],
  };
}

function engineContainer(figures: EnginePodFigures): core.v1.Container {
  return {
    name: figures.place.name,
    image: figures.image,
    env: environment(figures),
    ports: [{ name: ENGINE_PORT_NAME, containerPort: HTTP_PORT }],
    resources: {
      requests: { cpu: `${ENGINE_REQUESTS.cpuMillis}m`, memory: `${ENGINE_REQUESTS.memoryMiB}Mi` },
      limits: { memory: `${ENGINE_MEMORY_LIMIT_MIB}Mi` },
    },
    securityContext: RESTRICTED_CONTAINER,
    startupProbe: { ...get(ENDPOINTS.liveness), periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { ...get(ENDPOINTS.readiness), periodSeconds: 3, failureThreshold: 2 },
    livenessProbe: { ...get(ENDPOINTS.liveness), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 3 },
    lifecycle: { preStop: { exec: { command: ['sleep', String(LEAVE_SECONDS)] } } },
    volumeMounts: [
      { name: 'tls', mountPath: TLS_DIRECTORY, readOnly: true },
      { name: 'secrets', mountPath: ENGINE_SECRETS_DIRECTORY, readOnly: true },
    ],
  };
}

function get(path: string): core.v1.Probe {
  return { httpGet: { path, port: ENGINE_PORT_NAME, scheme: 'HTTPS' }, timeoutSeconds: 2 };
}

function environment(figures: EnginePodFigures): core.v1.EnvVar[] {
  const { region, cache, queue, originUrl, hasOriginKey, judge, coldTier } = figures;
  const secret = (key: string) => `${ENGINE_SECRETS_DIRECTORY}/${key}`;
  const values: Partial<Record<keyof typeof ENVIRONMENT, string>> = {
    port: String(HTTP_PORT),
    tlsDirectory: TLS_DIRECTORY,
    region,
    cacheNodes: cache.nodes,
    cacheUser: cache.user,
    cachePasswordFile: secret(SECRET_KEYS.cachePassword),
    queueNodes: queue.nodes,
    queueUser: queue.user,
    queuePasswordFile: secret(SECRET_KEYS.queuePassword),
    redisCa: `${TLS_DIRECTORY}/ca.crt`,
    adminTokenFile: secret(SECRET_KEYS.adminToken),
    keyEncryptionFile: secret(SECRET_KEYS.keyEncryptionKeys),
    hotBytes: String(HOT_TIER_MIB * 1024 * 1024),
    ...(originUrl === undefined ? {} : { originUrl }),
    ...(hasOriginKey ? { originKeyFile: secret(SECRET_KEYS.originKey) } : {}),
    ...(judge === undefined ? {} : { judgeUrl: judge.url, judgeModel: judge.model }),
    ...(judge?.hasKey ? { judgeKeyFile: secret(SECRET_KEYS.judgeKey) } : {}),
    ...(coldTier === undefined ? {} : { coldTier: coldTier.place }),
    ...(coldTier?.endpoint === undefined ? {} : { coldEndpoint: coldTier.endpoint }),
    ...(coldTier?.region === undefined ? {} : { coldRegion: coldTier.region }),
  };
  return [
    { name: ENVIRONMENT.host, valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ...Object.entries(values).map(([key, value]) => ({ name: ENVIRONMENT[key as keyof typeof ENVIRONMENT], value })),
  ];
}
