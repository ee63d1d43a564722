import assert from 'node:assert/strict';
import { type ApiObject, describe as nameOf } from '../api/objects.ts';
import { objectsOf, type StackContext } from './context.ts';
import { NEEDS, type Right } from './needs.ts';

interface ServiceAccount extends ApiObject {
  readonly metadata: ApiObject['metadata'] & { readonly namespace: string };
  readonly automountServiceAccountToken?: boolean;
}

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What a thief of a token would try, and what a mistake in a role would most likely let through. */
const TEMPTATIONS: readonly Right[] = [
  { verb: 'get', resource: 'secrets' },
  { verb: 'list', resource: 'secrets' },
  { verb: 'list', resource: 'secrets', namespace: '' },
  { verb: 'create', resource: 'pods' },
  { verb: 'create', resource: 'pods/exec' },
  { verb: 'create', resource: 'pods/eviction' },
  { verb: 'create', resource: 'serviceaccounts/token' },
  { verb: 'delete', resource: 'persistentvolumeclaims' },
  { verb: 'delete', resource: 'namespaces', namespace: '' },
  { verb: 'get', resource: 'nodes/proxy', namespace: '' },
  { verb: 'patch', group: 'apps', resource: 'statefulsets' },
  { verb: 'patch', group: 'apps', resource: 'deployments/scale' },
  { verb: 'delete', group: 'networking.k8s.io', resource: 'networkpolicies' },
  { verb: 'delete', group: 'policy', resource: 'poddisruptionbudgets' },
  { verb: 'escalate', group: 'rbac.authorization.k8s.io', resource: 'roles' },
  { verb: 'bind', group: 'rbac.authorization.k8s.io', resource: 'clusterroles', namespace: '' },
  { verb: 'impersonate', resource: 'users', namespace: '' },
  { verb: '*', group: '*', resource: '*', namespace: '' },
];

/** Service accounts may do what they are there for, and nothing else. Asked of the API server's own authorizer. */
export function checkRights(context: StackContext): void {
  const accounts = () => objectsOf<ServiceAccount>(context, 'ServiceAccount', 'every service');

  it('gives each service account the rights that it needs', async () => {
    for (const account of accounts()) {
      for (const right of needsOf(account))
        assert.ok(await may(context, account, right), `${nameOf(account)} may not ${JSON.stringify(right)}`);
    }
  });

  it('gives no service account a right that is worth a theft', async () => {
    assert.ok(accounts().length >= 3);
    for (const account of accounts()) {
      const needs = needsOf(account).map((right) => JSON.stringify(right));
      for (const temptation of TEMPTATIONS.filter((right) => !needs.includes(JSON.stringify(right))))
        assert.ok(!(await may(context, account, temptation)), `${nameOf(account)} may ${JSON.stringify(temptation)}`);
    }
  });

  it('gives a service account nothing beside its needs that not every user has', async () => {
    const anybody = new Set(await rulesFor(context, 'default', 'nobody-in-particular'));
    for (const account of accounts()) {
      const { name, namespace } = account.metadata;
      const own = (await rulesFor(context, namespace, name)).filter((rule) => !anybody.has(rule));
      assert.equal(own.length > 0, needsOf(account).length > 0, `${nameOf(account)} has ${own.join(', ')}`);
    }
  });

  it('mounts no token where there is no need', () => {
    for (const account of accounts())
      if (needsOf(account).length === 0) assert.equal(account.automountServiceAccountToken, false, nameOf(account));
  });
}

function needsOf({ metadata: { namespace, name } }: ServiceAccount): readonly Right[] {
  return NEEDS[`${namespace}/${name}`] ?? [];
}

async function may({ plane }: StackContext, { metadata }: ServiceAccount, right: Right): Promise<boolean> {
  const [resource = '', subresource] = right.resource.split('/');
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      ...identity(metadata.namespace, metadata.name),
      resourceAttributes: {
        ...{ verb: right.verb, group: right.group ?? '', resource, namespace: right.namespace ?? metadata.namespace },
        ...(subresource !== undefined && { subresource }),
        ...(right.name !== undefined && { name: right.name }),
      },
    },
  };
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
  const { status } = await plane.api.create<{ status: { allowed: boolean } }>(path, review);
  return status.allowed;
}

/** All that a service account may do in its own namespace, a line a rule. */
async function rulesFor({ plane }: StackContext, namespace: string, name: string): Promise<string[]> {
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
  const { status } = await plane.api.create<{ status: { resourceRules: Rule[]; nonResourceRules: Rule[] } }>(
    path,
    review,
    identity(namespace, name),
  );
  return [...status.resourceRules, ...status.nonResourceRules].map((rule) => JSON.stringify(rule));
}

function identity(namespace: string, name: string): { user: string; groups: string[] } {
  return {
    user: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}
