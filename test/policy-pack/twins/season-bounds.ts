import { object } from '../good-stack.ts';
import type { TestResource } from '../support/resource.ts';
import { twinWith } from './one-resource.ts';
import type { Twin } from './twin.ts';

const TARGET = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cache-engine' };
const scaler: TestResource = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'engine-scaler', {
  metadata: { name: 'cache-engine', namespace: 'cache' },
  spec: { scaleTargetRef: TARGET, minReplicas: 25, maxReplicas: 200 },
});
const scheduled: TestResource = object('keda.sh/v1alpha1', 'ScaledObject', 'engine-scaler', {
  metadata: { name: 'cache-engine', namespace: 'cache' },
  spec: {
    scaleTargetRef: { name: 'cache-engine' },
    minReplicaCount: 10,
    maxReplicaCount: 200,
    triggers: [{ type: 'cron', metadata: { desiredReplicas: '25' } }],
  },
});
const CONTAINER = 'spec.template.spec.containers[0]';

export const seasonBoundsTwins: readonly Twin[] = [
  twinWith(
    'too few engines in the wedding season',
    scaler,
    'spec.minReplicas',
    10,
    25,
    'Fewer than 25 engines cannot serve uk-south in the peak season',
  ),
  twinWith('too many engines', scaler, 'spec.maxReplicas', 400, 200, 'spec.maxReplicas is 400'),
  twinWith(
    'a calendar that asks for too many',
    scheduled,
    'spec.triggers[0].metadata.desiredReplicas',
    '250',
    '150',
    'desiredReplicas is "250"',
  ),
  twinWith(
    'a calendar that falls below the least of the year',
    scheduled,
    'spec.minReplicaCount',
    2,
    10,
    'minReplicaCount is 2',
  ),
  twinWith(
    'an autoscaler that may leave one engine, as it says nothing else',
    scaler,
    'spec.minReplicas',
    undefined,
    25,
    'spec.minReplicas is not set',
  ),
  twinWith(
    'a calendar that may leave no engine, as it says nothing else',
    scheduled,
    'spec.minReplicaCount',
    undefined,
    10,
    'spec.minReplicaCount is not set',
  ),
  {
    title: 'one engine, as nothing else is said',
    resource: 'engine',
    field: 'spec.replicas',
    violating: undefined,
    mended: 25,
    says: 'spec.replicas is not set',
  },
  {
    title: 'too few engines without an autoscaler',
    resource: 'engine',
    field: 'spec.replicas',
    violating: 24,
    mended: 25,
    says: 'spec.replicas is 24',
  },
  {
    title: 'more CPU than the region may ask for',
    resource: 'engine',
    field: `${CONTAINER}.resources.requests.cpu`,
    violating: '6',
    mended: '500m',
    says: 'the CPU that they ask for when scaled out is 150 cores',
  },
  {
    title: 'more memory than the region may ask for, by limits alone',
    resource: 'engine',
    field: `${CONTAINER}.resources.limits.memory`,
    violating: '32Gi',
    mended: '2Gi',
    says: "the region's own work may ask for 512 GiB",
  },
  {
    title: 'more memory for Redis than the region has',
    resource: 'redis-cache-0',
    field: `${CONTAINER}.resources.requests.memory`,
    violating: '33Gi',
    mended: '10Gi',
    says: 'the memory of all its nodes is 66 GiB',
  },
  {
    title: 'more workers than the region has',
    resources: [1, 2, 3].map((number) => ({
      type: 'aws:eks/nodeGroup:NodeGroup',
      name: `workers-${number}`,
      inputs: { scalingConfig: { minSize: 1, maxSize: 4 } },
    })),
    resource: 'workers-2',
    field: 'scalingConfig.maxSize',
    violating: 5,
    mended: 4,
    says: 'the greatest number of workers is 13',
  },
  {
    title: 'fewer workers than the region needs',
    resources: [
      {
        type: 'azure-native:containerservice:AgentPool',
        name: 'workers',
        inputs: { minCount: 3, maxCount: 12, enableEncryptionAtHost: true },
      },
    ],
    resource: 'workers',
    field: 'minCount',
    violating: 2,
    mended: 3,
    says: 'the least number of workers is 2',
  },
];
