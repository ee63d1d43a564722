import assert from 'node:assert/strict';
import { workloadsOf } from '../../../policy-pack/kubernetes/workload.ts';
import { object } from '../good-stack.ts';
import { objectsIn } from '../support/objects.ts';
import { type TestResource, UNKNOWN } from '../support/resource.ts';

/** The Pods of one Deployment with the given spec, beside an autoscaler. */
function replicasOf(spec: object, ...scaler: TestResource[]): number | undefined {
  const deployment = object('apps/v1', 'Deployment', 'app', { metadata: { name: 'app' }, spec });
  const [workload] = workloadsOf(objectsIn([deployment, ...scaler]));
  assert.ok(workload);
  return workload.replicas;
}

describe('The Pods of a workload', () => {
  const ofKubernetes = (spec: object) =>
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'scaler', {
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'app' }, ...spec },
    });
  const ofKeda = (spec: object, name = 'app') =>
    object('keda.sh/v1alpha1', 'ScaledObject', 'scaler', { spec: { scaleTargetRef: { name }, ...spec } });

  it('are its own number without an autoscaler, which is one where it says none', () => {
    assert.equal(replicasOf({ replicas: 3 }), 3);
    assert.equal(replicasOf({}), 1);
    assert.equal(replicasOf({ replicas: 3 }, ofKeda({ maxReplicaCount: 9 }, 'other')), 3);
  });

  it('are the most of its autoscaler, which is a hundred where KEDA is told none', () => {
    assert.equal(replicasOf({ replicas: 3 }, ofKubernetes({ maxReplicas: 7 })), 7);
    assert.equal(replicasOf({ replicas: 3 }, ofKeda({ maxReplicaCount: 9 })), 9);
    assert.equal(replicasOf({ replicas: 3 }, ofKeda({})), 100);
  });

  it('are not told while they are known only after the update', () => {
    assert.equal(replicasOf({ replicas: UNKNOWN }), undefined);
    assert.equal(replicasOf({ replicas: 3 }, ofKeda({ maxReplicaCount: UNKNOWN })), undefined);
  });
});
