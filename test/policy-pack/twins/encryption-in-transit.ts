import { object, REDIS_CONF } from '../good-stack.ts';
import { cloudTwin, twinWith } from './one-resource.ts';
import type { Twin } from './twin.ts';

const CONF = { resource: 'redis-configuration', field: 'data["redis.conf"]', mended: REDIS_CONF };
const ARGS = {
  resource: 'redis-cache-0',
  field: 'spec.template.spec.containers[0].args',
  mended: ['/etc/redis/conf/redis.conf', '--bind', '$(POD_IP)'],
};
const ENGINE = 'spec.template.spec.containers[0]';

/** The good configuration with one line changed. */
function line(setting: string, changed: string): string {
  return REDIS_CONF.replace(new RegExp(`^${setting} .*$`, 'm'), changed);
}

export const encryptionInTransitTwins: readonly Twin[] = [
  {
    ...CONF,
    title: 'a plaintext port',
    violating: line('port', 'port 6379'),
    says: 'port in data["redis.conf"] is "6379"',
  },
  {
    ...CONF,
    title: 'no word about the plaintext port',
    violating: line('port', ''),
    says: 'port in data["redis.conf"] is not set',
  },
  { ...CONF, title: 'no encrypted port', violating: line('tls-port', ''), says: 'no encrypted port' },
  {
    ...CONF,
    title: 'the cluster bus in the clear',
    violating: line('tls-cluster', 'tls-cluster no'),
    says: 'cluster bus',
  },
  {
    ...CONF,
    title: 'replication in the clear',
    violating: line('tls-replication', '# tls-replication yes'),
    says: 'replicas',
  },
  {
    ...CONF,
    title: 'TLS 1.2 beside 1.3',
    violating: line('tls-protocols', 'tls-protocols "TLSv1.2 TLSv1.3"'),
    says: 'tls-protocols in data["redis.conf"] is "TLSv1.2 TLSv1.3"',
  },
  {
    ...CONF,
    title: 'a later line that undoes an earlier one',
    violating: `${REDIS_CONF}port 6380\n`,
    says: 'port in data["redis.conf"] is "6380"',
  },
  {
    ...ARGS,
    title: 'a plaintext port on the command line',
    violating: [...ARGS.mended, '--port', '6379'],
    says: '--port in',
  },
  {
    ...ARGS,
    title: 'TLS 1.2 on the command line',
    violating: [...ARGS.mended, '--tls-protocols TLSv1.2 TLSv1.3'],
    says: '--tls-protocols in spec.template.spec.containers[0].args is "TLSv1.2 TLSv1.3"',
  },
  {
    ...ARGS,
    title: 'Redis without any configuration',
    violating: [],
    says: 'Redis speaks plaintext only',
  },
  {
    title: 'a configuration that only the command line gives away',
    resources: [
      object('core/v1', 'ConfigMap', 'redis-configuration', {
        metadata: { name: 'cache-configuration', namespace: 'redis' },
        data: { 'redis.conf': REDIS_CONF, 'server.conf': 'maxmemory 1gb\n' },
      }),
    ],
    resource: 'redis-cache-0',
    field: 'spec.template.spec.containers[0].args[0]',
    violating: '/etc/redis/conf/server.conf',
    mended: '/etc/redis/conf/redis.conf',
    says: 'port in data["server.conf"] is not set',
  },
  {
    title: 'a container port for plain HTTP, by number',
    resource: 'engine',
    field: `${ENGINE}.ports`,
    violating: [{ name: 'web', containerPort: 8080 }],
    mended: [{ name: 'web', containerPort: 8443 }],
    says: 'containerPort is 8080',
  },
  {
    title: 'a container port for plain HTTP, by name',
    resource: 'engine',
    field: `${ENGINE}.ports[0].name`,
    violating: 'http',
    mended: 'https',
    says: 'ports[0].name is "http"',
  },
  {
    title: 'a Service for plain HTTP, by its protocol',
    resource: 'engine-service',
    field: 'spec.ports[0].appProtocol',
    violating: 'http',
    mended: 'https',
    says: 'appProtocol is "http"',
  },
  {
    title: 'a Service for plain HTTP, by its port',
    resource: 'engine-service',
    field: 'spec.ports',
    violating: [{ port: 80, targetPort: 8443 }],
    mended: [{ port: 443, targetPort: 8443 }],
    says: 'spec.ports[0].port is 80',
  },
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => ({
    title: `a ${probe} in plaintext`,
    resource: 'engine',
    field: `${ENGINE}.${probe}.httpGet.scheme`,
    violating: probe === 'livenessProbe' ? 'HTTP' : undefined,
    mended: 'HTTPS',
    says: `${probe}.httpGet.scheme is`,
  })),
  {
    title: 'a Gateway that listens in plaintext',
    resources: [
      object('gateway.networking.k8s.io/v1', 'Gateway', 'gateway', {
        metadata: { name: 'edge', namespace: 'gateway' },
        spec: { listeners: [{ name: 'in', port: 443 }] },
      }),
    ],
    resource: 'gateway',
    field: 'spec.listeners[0].protocol',
    violating: 'HTTP',
    mended: 'HTTPS',
    says: 'listen in plaintext',
  },
  {
    title: 'an Ingress without a certificate',
    resources: [
      object('networking.k8s.io/v1', 'Ingress', 'ingress', {
        metadata: { name: 'edge', namespace: 'cache' },
        spec: { defaultBackend: { service: { name: 'cache-engine', port: { name: 'https' } } } },
      }),
    ],
    resource: 'ingress',
    field: 'spec.tls',
    violating: undefined,
    mended: [{ secretName: 'edge' }],
    says: 'answer in plaintext',
  },
  {
    title: 'a plaintext URL in the environment',
    resource: 'engine',
    field: `${ENGINE}.env[2].value`,
    violating: 'http://api.example.com/v1',
    mended: 'http://127.0.0.1:8081/v1',
    says: 'env[2].value is "http://api.example.com"',
  },
  {
    title: 'a plaintext Redis URL on a command line',
    resource: 'engine',
    field: `${ENGINE}.args[1]`,
    violating: 'redis://cache.redis.svc:6379',
    mended: 'rediss://cache.redis.svc:6379',
    says: 'args[1] is "redis://cache.redis.svc"',
  },
  {
    title: 'TLS 1.2 in the environment, by its value',
    resource: 'engine',
    field: `${ENGINE}.env[3].value`,
    violating: 'TLSv1.2',
    mended: 'TLSv1.3',
    says: 'allows TLS below 1.3',
  },
  {
    title: 'TLS 1.2 in the environment, by its name',
    resource: 'engine',
    field: `${ENGINE}.env[3]`,
    violating: { name: 'TLS_MIN_VERSION', value: '1.2' },
    mended: { name: 'TLS_MIN_VERSION', value: '1.3' },
    says: 'env[3].value is "1.2"',
  },
  {
    title: 'TLS 1.2 in a configuration file',
    resources: [
      object('core/v1', 'ConfigMap', 'proxy', {
        metadata: { name: 'proxy', namespace: 'cache' },
        data: { 'proxy.yaml': '# TLS 1.2 is old\nlisten: 8443\n' },
      }),
    ],
    resource: 'proxy',
    field: 'data["proxy.yaml"]',
    violating: '# TLS 1.2 is old\nmin-version: TLSv1.2\n',
    mended: '# TLS 1.2 is old\nmin-version: TLSv1.3\n',
    says: 'data["proxy.yaml"], line 2, is "min-version: TLSv1.2"',
  },
  ...cloudTwins(),
  ...gatewayTwins(),
];

/** Load balancers, gateways and stores of the clouds. */
function cloudTwins(): Twin[] {
  const policy = 'ELBSecurityPolicy-TLS13-1-3-2021-06';
  return [
    cloudTwin('aws:lb/listener:Listener', 'protocol', 'HTTP', 'HTTPS', { sslPolicy: policy }),
    cloudTwin('aws:lb/listener:Listener', 'sslPolicy', 'ELBSecurityPolicy-TLS13-1-2-2021-06', policy, {
      protocol: 'HTTPS',
    }),
    cloudTwin('aws:lb/listener:Listener', 'sslPolicy', undefined, policy, { protocol: 'TLS' }),
    cloudTwin(
      'aws:cloudfront/distribution:Distribution',
      'viewerCertificate.minimumProtocolVersion',
      'TLSv1.2_2021',
      'TLSv1.3_2025',
      {
        defaultCacheBehavior: { viewerProtocolPolicy: 'https-only' },
      },
    ),
    cloudTwin('aws:elasticache/replicationGroup:ReplicationGroup', 'transitEncryptionEnabled', false, true, {
      atRestEncryptionEnabled: true,
    }),
    cloudTwin('gcp:compute/sSLPolicy:SSLPolicy', 'minTlsVersion', 'TLS_1_2', 'TLS_1_3', { profile: 'RESTRICTED' }),
    cloudTwin('gcp:compute/targetHttpsProxy:TargetHttpsProxy', 'sslPolicy', undefined, 'tls-1-3'),
    cloudTwin('azure-native:network:ApplicationGateway', 'sslPolicy.minProtocolVersion', 'TLSv1_2', 'TLSv1_3'),
    cloudTwin('azure-native:network:ApplicationGateway', 'httpListeners[0].protocol', 'Http', 'Https', {
      httpListeners: [{}],
      sslPolicy: { minProtocolVersion: 'TLSv1_3' },
    }),
    cloudTwin('azure-native:storage:StorageAccount', 'minimumTlsVersion', 'TLS1_2', 'TLS1_3'),
    cloudTwin('azure-native:storage:StorageAccount', 'enableHttpsTrafficOnly', false, true, {
      minimumTlsVersion: 'TLS1_3',
    }),
  ];
}

/** Gateways inside the cluster, by their custom resources and by annotations. */
function gatewayTwins(): Twin[] {
  const gateway = (type: string, kind: string, field: string, violating: string, mended: string, spec: object): Twin =>
    twinWith(
      `a ${kind} that accepts ${violating}`,
      object(type, kind, 'gateway', { metadata: { name: 'gateway', namespace: 'cache', annotations: {} }, spec }),
      field,
      violating,
      mended,
      'It would accept TLS below 1.3',
    );
  const tls = [{ secretName: 'tls', hosts: ['example.com'] }];
  return [
    gateway('networking.istio.io/v1', 'Gateway', 'spec.servers[0].tls.minProtocolVersion', 'TLSV1_2', 'TLSV1_3', {
      servers: [{ tls: { mode: 'SIMPLE' } }],
    }),
    gateway('traefik.io/v1alpha1', 'TLSOption', 'spec.minVersion', 'VersionTLS12', 'VersionTLS13', {}),
    gateway('projectcontour.io/v1', 'HTTPProxy', 'spec.virtualhost.tls.minimumProtocolVersion', '1.2', '1.3', {
      virtualhost: { tls: { secretName: 'tls' } },
    }),
    gateway(
      'networking.k8s.io/v1',
      'Ingress',
      'metadata.annotations["alb.ingress.kubernetes.io/ssl-policy"]',
      'ELBSecurityPolicy-2016-08',
      'ELBSecurityPolicy-TLS13-1-3-2021-06',
      { tls },
    ),
  ];
}
