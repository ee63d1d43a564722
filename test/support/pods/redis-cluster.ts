import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../../../local/pods/index.ts';

const NAMESPACE = 'shop-redis';
const SHARDS = 3;
const REPLICAS = 2;
const PASSWORDS = {
  admin: 'an-admins-password',
  replica: 'a-replicas-password',
  app: 'an-apps-password',
  probe: 'a-probes-password',
};

const hashOf = (password: string) => `#${createHash('sha256').update(password).digest('hex')}`;

const ACL = `user default off resetpass ~* &* +@all
user admin on ${hashOf(PASSWORDS.admin)} ~* &* +@all
user replica on ${hashOf(PASSWORDS.replica)} +psync +replconf +ping
user app on ${hashOf(PASSWORDS.app)} ~* &* +@all -@admin -@dangerous +info
user probe on ${hashOf(PASSWORDS.probe)} +ping +cluster|info
`;

const CONFIGURATION = `port 0
tls-port 6379
tls-cert-file /etc/redis-tls/tls.crt
tls-key-file /etc/redis-tls/tls.key
tls-ca-cert-file /etc/redis-tls/ca.crt
tls-protocols "TLSv1.3"
tls-auth-clients optional
tls-replication yes
tls-cluster yes
cluster-enabled yes
cluster-config-file /data/nodes.conf
cluster-node-timeout 2000
cluster-require-full-coverage no
repl-diskless-sync-delay 0
aclfile /etc/redis-acl/users.acl
include /etc/redis-acl/auth.conf
dir /data
appendonly yes
daemonize no
logfile ""
`;

const HOSTS = Array.from({ length: SHARDS * REPLICAS }, (_, index) => {
  const pod = `redis-${index % SHARDS}-${Math.floor(index / SHARDS)}`;
  return `${pod}.redis.${NAMESPACE}.svc.cluster.local`;
});

const FORM = `set -eu
call() { redis-cli --no-auth-warning --tls --cacert /etc/redis-tls/ca.crt --user admin "$@"; }
NODES="${HOSTS.map((host) => `${host}:6379`).join(' ')}"
for node in $NODES; do
  until call -h "\${node%:*}" ping 2>/dev/null | grep -q PONG; do sleep 0.1; done
done
set -- $NODES
call --cluster create $NODES --cluster-replicas 1 --cluster-yes
until call -h "\${1%:*}" cluster info | grep -q cluster_state:ok; do sleep 0.1; done
`;

const metadata = (name: string) => ({ name, namespace: NAMESPACE });

function certificates(): KubernetesObject[] {
  const apiVersion = 'cert-manager.io/v1';
  return [
    { apiVersion, kind: 'ClusterIssuer', metadata: { name: 'self' }, spec: { selfSigned: {} } },
    {
      apiVersion,
      kind: 'Certificate',
      metadata: { name: 'region-ca', namespace: 'cert-manager' },
      spec: {
        isCA: true,
        commonName: 'region',
        secretName: 'region-ca',
        issuerRef: { name: 'self', kind: 'ClusterIssuer' },
      },
    },
    { apiVersion, kind: 'ClusterIssuer', metadata: { name: 'region' }, spec: { ca: { secretName: 'region-ca' } } },
    {
      apiVersion,
      kind: 'Certificate',
      metadata: metadata('redis'),
      spec: {
        secretName: 'redis-tls',
        dnsNames: [`*.redis.${NAMESPACE}.svc.cluster.local`, `redis.${NAMESPACE}.svc.cluster.local`],
        usages: ['digital signature', 'server auth', 'client auth'],
        issuerRef: { name: 'region', kind: 'ClusterIssuer' },
      },
    },
  ];
}

const volumes = [
  { name: 'conf', configMap: { name: 'redis' } },
  { name: 'tls', secret: { secretName: 'redis-tls' } },
  {
    name: 'acl',
    secret: { secretName: 'redis-acl', items: ['users.acl', 'auth.conf'].map((key) => ({ key, path: key })) },
  },
];

function probe(timing: Record<string, number>): unknown {
  const ask =
    'redis-cli --no-auth-warning -h "$POD_IP" --tls --cacert /etc/redis-tls/ca.crt --user probe ping | grep -q PONG';
  return { exec: { command: ['sh', '-c', ask] }, timeoutSeconds: 3, ...timing };
}

function shard(index: number, stamp: string): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata(`redis-${index}`),
    spec: {
      serviceName: 'redis',
      replicas: REPLICAS,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: { app: 'redis', shard: `${index}` } },
      template: {
        metadata: { labels: { app: 'redis', shard: `${index}` }, annotations: { stamp } },
        spec: {
          terminationGracePeriodSeconds: 20,
          volumes,
          containers: [
            {
              name: 'redis',
              image: 'docker.io/library/redis:7.0.15@sha256:0123',
              ports: [{ name: 'redis', containerPort: 6379 }],
              command: ['redis-server'],
              args: ['/etc/redis/redis.conf', '--bind', '$(POD_IP)', '--cluster-announce-ip', '$(POD_IP)'],
              env: [
                { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
                { name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: 'redis-acl', key: 'probe' } } },
              ],
              volumeMounts: [
                { name: 'data', mountPath: '/data' },
                { name: 'conf', mountPath: '/etc/redis' },
                { name: 'tls', mountPath: '/etc/redis-tls', readOnly: true },
                { name: 'acl', mountPath: '/etc/redis-acl' },
              ],
              startupProbe: { tcpSocket: { port: 'redis' }, periodSeconds: 1, failureThreshold: 60 },
              readinessProbe: probe({ periodSeconds: 5 }),
              livenessProbe: probe({ periodSeconds: 10, failureThreshold: 6 }),
            },
          ],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } }],
    },
  };
}

/** Three shards of a master and a replica, TLS 1.3 only with users, formed into a cluster by a Job. */
export function redisCluster(stamp = '1'): KubernetesObject[] {
  const { replica, ...users } = PASSWORDS;
  return [
    ...certificates(),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('redis'), data: { 'redis.conf': CONFIGURATION } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('form'), data: { 'form.sh': FORM } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata('redis-acl'),
      stringData: { 'users.acl': ACL, 'auth.conf': `masteruser replica\nmasterauth ${replica}\n`, ...users },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('redis'),
      spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: { app: 'redis' }, ports: [{ port: 6379 }] },
    },
    ...Array.from({ length: SHARDS }, (_, index) => shard(index, stamp)),
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadata('form'),
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            volumes: [{ name: 'scripts', configMap: { name: 'form' } }, volumes[1]],
            containers: [
              {
                name: 'form',
                image: 'docker.io/library/redis:7.0.15@sha256:0123',
                command: ['sh', '/scripts/form.sh'],
                env: [{ name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: 'redis-acl', key: 'admin' } } }],
                volumeMounts: [
                  { name: 'scripts', mountPath: '/scripts' },
                  { name: 'tls', mountPath: '/etc/redis-tls' },
                ],
              },
            ],
          },
        },
      },
    },
  ];
}

export const redis = { namespace: NAMESPACE, password: PASSWORDS.app, replicas: SHARDS * REPLICAS };
