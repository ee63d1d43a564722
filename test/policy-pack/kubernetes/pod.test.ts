import assert from 'node:assert/strict';
import { containersOf, podOf } from '../../../policy-pack/kubernetes/pod.ts';
import { object } from '../good-stack.ts';
import { objectsIn } from '../support/objects.ts';

const paths = (kind: string, fields: Record<string, unknown>) => {
  const [found] = objectsIn([object('x/v1', kind, 'x', fields)]);
  const pod = found && podOf(found);
  return pod && containersOf(pod).map(({ title, fields: { path } }) => `${title} at ${path}`);
};
const spec = { containers: [{ name: 'main' }] };

describe('The Pods of a workload', () => {
  it('have containers of every kind', () => {
    const all = { ...spec, initContainers: [{ name: 'wait' }], ephemeralContainers: [{}] };
    assert.deepEqual(paths('Pod', { spec: all }), [
      'container main at spec.containers[0]',
      'init container wait at spec.initContainers[0]',
      'ephemeral container 0 at spec.ephemeralContainers[0]',
    ]);
  });

  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job']) {
    it(`are found in a ${kind}`, () => {
      assert.deepEqual(paths(kind, { spec: { template: { spec } } }), [
        'container main at spec.template.spec.containers[0]',
      ]);
    });
  }

  it('are found in a CronJob and in a PodTemplate', () => {
    const [cron] = paths('CronJob', { spec: { jobTemplate: { spec: { template: { spec } } } } }) ?? [];
    assert.equal(cron, 'container main at spec.jobTemplate.spec.template.spec.containers[0]');
    assert.deepEqual(paths('PodTemplate', { template: { spec } }), ['container main at template.spec.containers[0]']);
  });

  it("are found in somebody else's kind that has containers where workloads have them", () => {
    assert.deepEqual(paths('Rollout', { spec: { template: { spec } } }), [
      'container main at spec.template.spec.containers[0]',
    ]);
    assert.equal(paths('Certificate', { spec: { secretName: 'x' } }), undefined);
  });
});
