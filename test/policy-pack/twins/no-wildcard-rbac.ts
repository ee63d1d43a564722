import { object } from '../good-stack.ts';
import type { Twin } from './twin.ts';

const clusterRole = object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'metrics', {
  metadata: { name: 'metrics' },
  rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
});
const group = (name: string) => ({ kind: 'Group', name, apiGroup: 'rbac.authorization.k8s.io' });

export const noWildcardRbacTwins: readonly Twin[] = [
  ...[
    ['verbs', 'get'],
    ['resources', 'configmaps'],
    ['apiGroups', ''],
  ].map(([list = '', mended]) => ({
    title: `a role for all ${list}`,
    resource: 'engine-role',
    field: `rules[0].${list}[0]`,
    violating: '*',
    mended,
    says: `rules[0].${list}[0] is "*"`,
  })),
  {
    title: 'a role for every part of a resource',
    resource: 'engine-role',
    field: 'rules[0].resources[0]',
    violating: 'pods/*',
    mended: 'pods/log',
    says: '"pods/*"',
  },
  {
    title: 'a role for all URLs',
    resources: [clusterRole],
    resource: 'metrics',
    field: 'rules[0].nonResourceURLs[0]',
    violating: '*',
    mended: '/metrics/*',
    says: 'ClusterRole metrics',
  },
  ...['escalate', 'bind', 'impersonate'].map((verb) => ({
    title: `a role that may ${verb}`,
    resource: 'engine-role',
    field: 'rules[0].verbs[1]',
    violating: verb,
    mended: 'list',
    says: 'give itself any right',
  })),
  {
    title: 'a binding to cluster-admin',
    resource: 'engine-binding',
    field: 'roleRef.name',
    violating: 'cluster-admin',
    mended: 'cache-engine',
    says: 'That role may do everything',
  },
  ...['system:masters', 'system:unauthenticated', 'system:authenticated'].map((name) => ({
    title: `a binding for ${name}`,
    resource: 'engine-binding',
    field: 'subjects[1]',
    violating: group(name),
    mended: group('wedsync:operators'),
    says: `subjects[1].name is "${name}"`,
  })),
  {
    title: 'a mounted token of a service account to which no role is bound',
    resource: 'engine-binding',
    field: 'subjects[0].name',
    violating: 'somebody-else',
    mended: 'cache-engine',
    says: 'A token of the service account cache/cache-engine is mounted',
  },
  {
    title: 'a Redis Pod that leaves its token to the default',
    resource: 'redis-cache-0',
    field: 'spec.template.spec.automountServiceAccountToken',
    violating: undefined,
    mended: false,
    says: 'service account redis/default',
  },
  {
    title: 'a Secret that is filled with a token that never ends',
    resource: 'redis-passwords',
    field: 'type',
    violating: 'kubernetes.io/service-account-token',
    mended: 'Opaque',
    says: 'a token that never ends',
  },
];
