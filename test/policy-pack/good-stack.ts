import type { TestResource, TestStack } from './support/resource.ts';
import { secret } from './support/resource.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const REDIS_IMAGE = `docker.io/library/redis:8.2.10@${DIGEST}`;
const ENGINE_IMAGE = `wedsync.azurecr.io/cache-engine:1.4.0@${DIGEST}`;

export const REDIS_CONF = `# TLS 1.3 for clients, replication and the cluster bus; TLS 1.2 is refused.
port 0
tls-port 6379
tls-protocols "TLSv1.3"
tls-replication yes
tls-cluster yes
cluster-enabled yes
aclfile /etc/redis/auth/users.acl
appendonly yes
`;

const REDIS_LABELS = { 'app.kubernetes.io/name': 'redis', 'app.kubernetes.io/instance': 'cache' };
const ENGINE_LABELS = { 'app.kubernetes.io/name': 'cache-engine', 'app.kubernetes.io/instance': 'cache-engine' };

const POD_CONTEXT = { runAsNonRoot: true, runAsUser: 999, seccompProfile: { type: 'RuntimeDefault' } };
const CONTAINER_CONTEXT = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

const httpsProbe = (path: string) => ({ httpGet: { path, port: 'https', scheme: 'HTTPS' } });
const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/** A region in small: namespaces, a Redis Cluster of three shards, the engine, and the rules between them. */
export function goodStack(): TestStack {
  return [
    ...['redis', 'cache'].map(namespace),
    ...['redis', 'cache'].map(denyByDefault),
    configuration(),
    passwords(),
    redisService(),
    ...[0, 1, 2].map(shard),
    redisPolicy(),
    budget('redis', 'cache-redis', REDIS_LABELS),
    engineAccount(),
    engineRole(),
    engineBinding(),
    engine(),
    engineService(),
    budget('cache', 'cache-engine', ENGINE_LABELS),
    healing(),
  ];
}

function namespace(name: string): TestResource {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  return object('core/v1', 'Namespace', `namespace-${name}`, { metadata: { name, labels } });
}

function denyByDefault(of: string): TestResource {
  return object('networking.k8s.io/v1', 'NetworkPolicy', `${of}-default-deny`, {
    metadata: { name: 'default-deny', namespace: of },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
}

function configuration(): TestResource {
  return object('core/v1', 'ConfigMap', 'redis-configuration', {
    metadata: { name: 'cache-configuration', namespace: 'redis' },
    data: { 'redis.conf': REDIS_CONF },
  });
}

function passwords(): TestResource {
  return object('core/v1', 'Secret', 'redis-passwords', {
    metadata: { name: 'cache-passwords', namespace: 'redis' },
    stringData: secret({ engine: 'correct horse battery staple' }),
  });
}

function redisService(): TestResource {
  return object('core/v1', 'Service', 'redis-service', {
    metadata: { name: 'cache', namespace: 'redis' },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: REDIS_LABELS,
      ports: [{ name: 'tls-redis', port: 6379, targetPort: 'tls-redis' }],
    },
  });
}

function shard(index: number): TestResource {
  const labels = { ...REDIS_LABELS, 'wedsync.io/shard': String(index) };
  return object('apps/v1', 'StatefulSet', `redis-cache-${index}`, {
    metadata: { name: `cache-${index}`, namespace: 'redis', labels: REDIS_LABELS },
    spec: {
      serviceName: 'cache',
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: POD_CONTEXT,
          topologySpreadConstraints: [
            {
              topologyKey: 'topology.kubernetes.io/zone',
              maxSkew: 1,
              whenUnsatisfiable: 'DoNotSchedule',
              labelSelector: { matchLabels: labels },
            },
          ],
          containers: [
            {
              name: 'redis',
              image: REDIS_IMAGE,
              command: ['redis-server'],
              args: ['/etc/redis/conf/redis.conf', '--bind', '$(POD_IP)'],
              env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
              ports: [{ name: 'tls-redis', containerPort: 6379 }],
              securityContext: CONTAINER_CONTEXT,
            },
          ],
          volumes: [{ name: 'configuration', configMap: { name: 'cache-configuration' } }],
        },
      },
    },
  });
}

function redisPolicy(): TestResource {
  return object('networking.k8s.io/v1', 'NetworkPolicy', 'redis-policy', {
    metadata: { name: 'allow-cache', namespace: 'redis' },
    spec: {
      podSelector: { matchLabels: REDIS_LABELS },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: inNamespace('cache'), podSelector: { matchLabels: ENGINE_LABELS } }],
          ports: [{ protocol: 'TCP', port: 6379 }],
        },
      ],
    },
  });
}

/** A disruption budget that lets one Pod go at a time. */
export function budget(of: string, name: string, labels: Record<string, string>): TestResource {
  return object('policy/v1', 'PodDisruptionBudget', `${name}-budget`, {
    metadata: { name, namespace: of },
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  });
}

function engineAccount(): TestResource {
  return object('core/v1', 'ServiceAccount', 'engine-account', {
    metadata: { name: 'cache-engine', namespace: 'cache' },
  });
}

function engineRole(): TestResource {
  return object('rbac.authorization.k8s.io/v1', 'Role', 'engine-role', {
    metadata: { name: 'cache-engine', namespace: 'cache' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'watch'] }],
  });
}

function engineBinding(): TestResource {
  return object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'engine-binding', {
    metadata: { name: 'cache-engine', namespace: 'cache' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'cache-engine' },
    subjects: [{ kind: 'ServiceAccount', name: 'cache-engine', namespace: 'cache' }],
  });
}

function engine(): TestResource {
  return object('apps/v1', 'Deployment', 'engine', {
    metadata: { name: 'cache-engine', namespace: 'cache', labels: ENGINE_LABELS },
    spec: {
      replicas: 25,
      selector: { matchLabels: ENGINE_LABELS },
      template: {
        metadata: { labels: ENGINE_LABELS },
        spec: {
          serviceAccountName: 'cache-engine',
          automountServiceAccountToken: true,
          securityContext: POD_CONTEXT,
          initContainers: [{ name: 'wait', image: ENGINE_IMAGE, args: ['--wait'], securityContext: CONTAINER_CONTEXT }],
          containers: [
            {
              name: 'engine',
              image: ENGINE_IMAGE,
              args: ['--max-age', '3600'],
              env: [
                { name: 'REDIS_CACHE_NODES', value: 'cache-0.cache.redis.svc.cluster.local:6379' },
                { name: 'REDIS_CACHE_PASSWORD_FILE', value: '/etc/wedsync/secrets/redis-cache-password' },
                { name: 'ORIGIN_URL', value: 'https://api.example.com/v1' },
                { name: 'MODE', value: 'production' },
              ],
              ports: [{ name: 'https', containerPort: 8443 }],
              securityContext: CONTAINER_CONTEXT,
              startupProbe: httpsProbe('/healthz'),
              readinessProbe: httpsProbe('/readyz'),
              livenessProbe: httpsProbe('/healthz'),
            },
          ],
          volumes: [{ name: 'secrets', secret: { secretName: 'cache-engine-secrets' } }],
        },
      },
    },
  });
}

function engineService(): TestResource {
  return object('core/v1', 'Service', 'engine-service', {
    metadata: { name: 'cache-engine', namespace: 'cache' },
    spec: {
      type: 'ClusterIP',
      selector: ENGINE_LABELS,
      ports: [{ name: 'https', port: 443, targetPort: 'https', appProtocol: 'https' }],
    },
  });
}

function healing(): TestResource {
  return object('batch/v1', 'CronJob', 'redis-healing', {
    metadata: { name: 'cache-healing', namespace: 'redis' },
    spec: {
      schedule: '* * * * *',
      jobTemplate: {
        spec: {
          template: {
            spec: {
              automountServiceAccountToken: false,
              securityContext: POD_CONTEXT,
              restartPolicy: 'Never',
              containers: [
                {
                  name: 'keeper',
                  image: REDIS_IMAGE,
                  command: ['sh', '/scripts/keep.sh'],
                  securityContext: CONTAINER_CONTEXT,
                },
              ],
            },
          },
        },
      },
    },
  });
}

/** A Kubernetes object as the SDK registers it. */
export function object(api: string, kind: string, name: string, fields: Record<string, unknown>): TestResource {
  return { type: `kubernetes:${api}:${kind}`, name, inputs: { apiVersion: api.replace('core/', ''), kind, ...fields } };
}
