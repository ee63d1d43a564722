import type { Twin } from './twin.ts';

export const defaultDenyTwins: readonly Twin[] = [
  {
    title: 'a namespace without a policy that refuses',
    resource: 'redis-default-deny',
    field: 'metadata.namespace',
    violating: 'cache',
    mended: 'redis',
    says: 'Namespace redis: metadata.name is "redis"',
  },
  {
    title: 'a policy that refuses one way only',
    resource: 'cache-default-deny',
    field: 'spec.policyTypes',
    violating: ['Ingress'],
    mended: ['Ingress', 'Egress'],
    says: '(Egress)',
  },
  {
    title: 'a policy that refuses nothing',
    resource: 'cache-default-deny',
    field: 'spec.egress',
    violating: [{}],
    mended: [],
    says: 'so everything passes',
  },
  {
    title: 'a policy over some Pods only',
    resource: 'redis-default-deny',
    field: 'spec.podSelector.matchLabels',
    violating: { 'app.kubernetes.io/name': 'redis' },
    mended: {},
    says: '(Ingress and Egress)',
  },
];
