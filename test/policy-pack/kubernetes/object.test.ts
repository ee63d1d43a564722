import assert from 'node:assert/strict';
import { objectsOf } from '../../../policy-pack/kubernetes/object.ts';
import { judged } from '../support/objects.ts';

const titles = (type: string, inputs: Record<string, unknown>) =>
  objectsOf(judged({ type, name: 'logical', inputs })).map(({ group, title }) => `${group} ${title}`);

describe('The Kubernetes objects of a resource', () => {
  it('are one, under its name and namespace in the cluster', () => {
    const metadata = { name: 'cache-0', namespace: 'redis' };
    assert.deepEqual(titles('kubernetes:apps/v1:StatefulSet', { metadata }), ['apps StatefulSet redis/cache-0']);
    assert.deepEqual(titles('kubernetes:core/v1:Namespace', { metadata: { name: 'redis' } }), ['core Namespace redis']);
  });

  it('are named after the resource where Pulumi gives them a name', () => {
    assert.deepEqual(titles('kubernetes:core/v1:Service', {}), ['core Service default/logical']);
  });

  it('are of the kind that a Patch changes', () => {
    assert.deepEqual(titles('kubernetes:apps/v1:DeploymentPatch', {}), ['apps Deployment default/logical']);
  });

  it('are several for a List', () => {
    const items = [{ metadata: { name: 'a' } }, { kind: 'Pod', metadata: { name: 'b' } }];
    assert.deepEqual(titles('kubernetes:core/v1:PodList', { items }), ['core Pod default/a', 'core Pod default/b']);
  });

  it('are none for resources of other kinds', () => {
    assert.deepEqual(titles('random:index/randomPassword:RandomPassword', { length: 40 }), []);
  });
});
