import { object } from '../good-stack.ts';
import { twinWith } from './one-resource.ts';
import type { Twin } from './twin.ts';

const routeTo = (kind: string) =>
  object('gateway.networking.k8s.io/v1', kind, 'route', {
    metadata: { name: 'route', namespace: 'redis' },
    spec: { rules: [{ backendRefs: [{ name: 'console', port: 443 }] }] },
  });
const POLICY = { resource: 'redis-policy', mended: [{ namespaceSelector: { matchLabels: { team: 'cache' } } }] };

export const redisNotExposedTwins: readonly Twin[] = [
  ...['LoadBalancer', 'NodePort'].map((type) => ({
    title: `Redis behind a ${type}`,
    resource: 'redis-service',
    field: 'spec.type',
    violating: type,
    mended: 'ClusterIP',
    says: `spec.type is "${type}"`,
  })),
  {
    title: 'Redis on an external address',
    resource: 'redis-service',
    field: 'spec.externalIPs',
    violating: ['203.0.113.7'],
    mended: [],
    says: 'addresses outside the cluster',
  },
  {
    title: 'a LoadBalancer whose selector comes to select Redis',
    resources: [
      object('core/v1', 'Service', 'edge', {
        metadata: { name: 'edge', namespace: 'redis' },
        spec: { type: 'LoadBalancer', selector: {}, ports: [{ name: 'https', port: 443, targetPort: 'tls' }] },
      }),
    ],
    resource: 'edge',
    field: 'spec.selector["app.kubernetes.io/name"]',
    violating: 'redis',
    mended: 'console',
    says: 'Service redis/edge',
  },
  {
    title: 'an Ingress that leads to Redis',
    resources: [
      object('networking.k8s.io/v1', 'Ingress', 'ingress', {
        metadata: { name: 'edge', namespace: 'redis' },
        spec: {
          tls: [{ secretName: 'edge' }],
          rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'x', port: { number: 443 } } } }] } }],
        },
      }),
    ],
    resource: 'ingress',
    field: 'spec.rules[0].http.paths[0].backend.service.name',
    violating: 'cache',
    mended: 'console',
    says: 'leads from outside the cluster to Redis',
  },
  ...['HTTPRoute', 'TCPRoute'].map((kind) => ({
    title: `a ${kind} that leads to Redis`,
    resources: [routeTo(kind)],
    resource: 'route',
    field: 'spec.rules[0].backendRefs[0].name',
    violating: 'cache',
    mended: 'console',
    says: `${kind} redis/route`,
  })),
  {
    title: 'a Gateway that listens on the port of Redis',
    resources: [
      object('gateway.networking.k8s.io/v1', 'Gateway', 'gateway', {
        metadata: { name: 'edge', namespace: 'gateway' },
        spec: { listeners: [{ name: 'in', protocol: 'TLS', port: 443 }] },
      }),
    ],
    resource: 'gateway',
    field: 'spec.listeners[0].port',
    violating: 6379,
    mended: 443,
    says: 'spec.listeners[0].port is 6379',
  },
  ...['0.0.0.0/0', '::/0', '203.0.113.0/24'].map((cidr) => ({
    ...POLICY,
    title: `a network policy that lets ${cidr} reach Redis`,
    field: 'spec.ingress[0].from',
    violating: [{ ipBlock: { cidr } }],
    mended: [{ ipBlock: { cidr: '10.1.0.0/16' } }],
    says: 'the internet',
  })),
  {
    ...POLICY,
    title: 'a network policy that names no peer',
    field: 'spec.ingress[0].from',
    violating: [],
    says: 'lets everybody reach Redis',
  },
  {
    ...POLICY,
    title: 'a network policy that leaves its peers out',
    field: 'spec.ingress[0].from',
    violating: undefined,
    says: 'lets everybody reach Redis',
  },
  {
    ...POLICY,
    title: 'a network policy for every Pod of every namespace',
    field: 'spec.ingress[0].from',
    violating: [{ namespaceSelector: {}, podSelector: {} }],
    says: 'every Pod of the cluster',
  },
  {
    title: 'a network policy for all Pods whose port range comes to hold that of Redis',
    resources: [
      object('networking.k8s.io/v1', 'NetworkPolicy', 'range', {
        metadata: { name: 'range', namespace: 'redis' },
        spec: { podSelector: {}, ingress: [{ from: [], ports: [{ port: 9000, endPort: 9100 }] }] },
      }),
    ],
    resource: 'range',
    field: 'spec.ingress[0].ports[0].port',
    violating: 6000,
    mended: 9000,
    says: 'NetworkPolicy redis/range',
  },
  ...firewallTwins(),
];

/** Firewalls of the clouds, with one range each. */
function firewallTwins(): Twin[] {
  const wall = (
    title: string,
    type: string,
    inputs: Record<string, unknown>,
    field: string,
    violating: string,
    mended: string,
  ): Twin =>
    twinWith(title, { type, name: 'firewall', inputs }, field, violating, mended, 'It lets the internet reach Redis');
  const group = { ingress: [{ protocol: 'tcp', fromPort: 6379, toPort: 6379, cidrBlocks: ['10.0.0.0/8'] }] };
  const everyPort = { ingress: [{ protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['10.0.0.0/8'] }] };
  const rule = { ipProtocol: 'tcp', fromPort: 6000, toPort: 7000 };
  const google = {
    direction: 'INGRESS',
    allows: [{ protocol: 'tcp', ports: ['16379'] }],
    sourceRanges: ['10.0.0.0/8'],
  };
  const azure = { securityRules: [{ access: 'Allow', direction: 'Inbound', destinationPortRange: '6000-7000' }] };
  const open = '0.0.0.0/0';
  const own = '10.0.0.0/8';
  return [
    wall(
      'a security group that opens Redis',
      'aws:ec2/securityGroup:SecurityGroup',
      group,
      'ingress[0].cidrBlocks[0]',
      open,
      own,
    ),
    wall(
      'a security group that opens every port',
      'aws:ec2/securityGroup:SecurityGroup',
      everyPort,
      'ingress[0].cidrBlocks[0]',
      open,
      own,
    ),
    wall(
      'a rule of its own',
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      rule,
      'cidrIpv6',
      '::/0',
      'fd00::/8',
    ),
    wall('a firewall of Google', 'gcp:compute/firewall:Firewall', google, 'sourceRanges[0]', open, own),
    wall(
      'a network security group of Azure',
      'azure-native:network:NetworkSecurityGroup',
      azure,
      'securityRules[0].sourceAddressPrefix',
      'Internet',
      own,
    ),
  ];
}
