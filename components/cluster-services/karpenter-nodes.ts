import type { IEC2NodeClass } from '@kubernetes-models/karpenter/karpenter.k8s.aws/v1/EC2NodeClass';
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1/NodePool';
import type { NodeScaling } from '../cluster/node-scaling.ts';
import type { ClusterPlan } from '../cluster/plan.ts';
import type { WithInputs } from '../shared/typed-resource.ts';

export const NODE_CLASS = 'workers';

/**
 * The image of a worker: release v20260724 of github.com/awslabs/amazon-eks-ami. `latest` would replace workers whenever AWS
 * brings out a new one, on a Saturday too.
 */
const IMAGE = 'al2023@v20260724';

/**
 * From Friday 19:00 to Sunday 04:00 UTC no worker goes: Karpenter knows UTC only, and this holds a Saturday with its evening before
 * and the night after it, in summer time as in winter.
 */
const SATURDAY = { nodes: '0', schedule: '0 19 * * 5', duration: '33h' } as const;

/** How workers are made: as those of the cluster's own pools are. */
export function nodeClass({
  plan,
  nodeRole,
  securityGroupId,
  diskKey,
}: NodeScaling): WithInputs<NonNullable<IEC2NodeClass['spec']>> {
  return {
    role: nodeRole,
    amiSelectorTerms: [{ alias: IMAGE }],
    subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': plan.name } }],
    securityGroupSelectorTerms: [{ id: securityGroupId }],
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: '/dev/xvda',
        ebs: {
          volumeType: 'gp3',
          volumeSize: `${plan.diskGB}Gi`,
          encrypted: true,
          kmsKeyID: diskKey,
          deleteOnTermination: true,
        },
      },
    ],
    tags: { ...plan.tags },
  };
}

/**
 * How many workers there may be beside those that the pools always have, up to the season's most. One at a time goes when it is
 * not needed, and none around a Saturday. None goes because of its age: Karpenter would not wait for a budget then.
 */
export function nodePool(plan: ClusterPlan): NonNullable<INodePool['spec']> {
  const { type, cpu } = plan.machine;
  const zones = plan.pools.flatMap(({ zone }) => (zone === undefined ? [] : [zone]));
  const is = (key: string, ...values: string[]) => ({ key, operator: 'In' as const, values });
  return {
    template: {
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: NODE_CLASS },
        expireAfter: 'Never',
        requirements: [
          is('node.kubernetes.io/instance-type', type),
          is('karpenter.sh/capacity-type', 'on-demand'),
          is('kubernetes.io/arch', 'amd64'),
          is('topology.kubernetes.io/zone', ...zones),
        ],
      },
    },
    limits: { cpu: additionalWorkers(plan) * cpu },
    disruption: {
      consolidationPolicy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: '10m',
      budgets: [{ nodes: '1' }, SATURDAY],
    },
  };
}

function additionalWorkers({ pools }: ClusterPlan): number {
  return pools.reduce((sum, { bounds }) => sum + bounds.maximum - bounds.minimum, 0);
}
