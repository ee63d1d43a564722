import type { ClusterPlan } from '../plan.ts';

/** A policy document of AWS. */
interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly object[];
}

/** What the rights name beside the plan. */
export interface KarpenterAccount {
  /** The account's number. */
  readonly account: string;
  readonly nodeRoleArn: string;
  readonly queueArn: string;
}

/** What the rights are for; each purpose has a policy of its own. */
export const PURPOSES = ['machines', 'profiles', 'cluster', 'interruptions', 'discovery'] as const;
export type Purpose = (typeof PURPOSES)[number];

const document = (...Statement: readonly object[]): Policy => ({ Version: '2012-10-17', Statement });
const allow = (Action: readonly string[], Resource: string | readonly string[], Condition?: object) => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...(Condition && { Condition }),
});

/** Whatever Karpenter makes it tags with the cluster, and only what bears that tag may it change or end. */
const OWNED = 'owned';
const MADE_BY_A_POOL = { 'karpenter.sh/nodepool': '*' };

/**
 * What Karpenter may do, by purpose: the rights that its own documentation gives it for this version
 * (website/…/cloudformation.yaml of github.com/aws/karpenter-provider-aws), with the cluster, region and account filled in.
 */
export function karpenterRights(plan: ClusterPlan, ids: KarpenterAccount): Readonly<Record<Purpose, Policy>> {
  return {
    machines: machines(plan),
    profiles: profiles(plan, ids),
    cluster: document(
      allow(['eks:DescribeCluster'], `arn:aws:eks:${plan.place.location}:${ids.account}:cluster/${plan.name}`),
    ),
    interruptions: document(allow(['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], ids.queueArn)),
    discovery: discovery(plan, ids),
  };
}

function machines({ name, place: { location } }: ClusterPlan): Policy {
  const cluster = `kubernetes.io/cluster/${name}`;
  const of = (kinds: readonly string[]) => kinds.map((kind) => `arn:aws:ec2:${location}:*:${kind}/*`);
  const made = of(['fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request']);
  const asked = { [`aws:RequestTag/${cluster}`]: OWNED, 'aws:RequestTag/eks:eks-cluster-name': name };
  const ours = {
    StringEquals: { [`aws:ResourceTag/${cluster}`]: OWNED },
    StringLike: tagged('aws:ResourceTag', MADE_BY_A_POOL),
  };
  const forAPool = tagged('aws:RequestTag', MADE_BY_A_POOL);
  return document(
    allow(
      ['ec2:RunInstances', 'ec2:CreateFleet'],
      [
        ...['image', 'snapshot'].map((kind) => `arn:aws:ec2:${location}::${kind}/*`),
        ...of(['security-group', 'subnet', 'capacity-reservation', 'placement-group']),
      ],
    ),
    allow(['ec2:RunInstances', 'ec2:CreateFleet'], of(['launch-template']), ours),
    allow(['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'], made, {
      StringEquals: asked,
      StringLike: forAPool,
    }),
    allow(['ec2:CreateTags'], made, {
      StringEquals: { ...asked, 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
      StringLike: forAPool,
    }),
    allow(['ec2:CreateTags'], of(['instance']), {
      ...ours,
      StringEqualsIfExists: { 'aws:RequestTag/eks:eks-cluster-name': name },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'] },
    }),
    allow(['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'], of(['instance', 'launch-template']), ours),
  );
}

function profiles({ name, place: { location } }: ClusterPlan, { account, nodeRoleArn }: KarpenterAccount): Policy {
  const all = `arn:aws:iam::${account}:instance-profile/*`;
  const owner = { [`kubernetes.io/cluster/${name}`]: OWNED, 'topology.kubernetes.io/region': location };
  const asked = tagged('aws:RequestTag', { ...owner, 'eks:eks-cluster-name': name });
  const ours = tagged('aws:ResourceTag', owner);
  const anyClass = { 'karpenter.k8s.aws/ec2nodeclass': '*' };
  return document(
    allow(['iam:PassRole'], nodeRoleArn, { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com'] } }),
    allow(['iam:CreateInstanceProfile'], all, { StringEquals: asked, StringLike: tagged('aws:RequestTag', anyClass) }),
    allow(['iam:TagInstanceProfile'], all, {
      StringEquals: { ...ours, ...asked },
      StringLike: { ...tagged('aws:ResourceTag', anyClass), ...tagged('aws:RequestTag', anyClass) },
    }),
    allow(['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'], all, {
      StringEquals: ours,
      StringLike: tagged('aws:ResourceTag', anyClass),
    }),
  );
}

function discovery({ place: { location } }: ClusterPlan, { account }: KarpenterAccount): Policy {
  const kinds = [
    ...['CapacityReservations', 'Images', 'Instances', 'InstanceStatus', 'InstanceTypeOfferings', 'InstanceTypes'],
    ...['LaunchTemplates', 'PlacementGroups', 'SecurityGroups', 'SpotPriceHistory', 'Subnets'],
  ];
  return document(
    allow(
      kinds.map((kind) => `ec2:Describe${kind}`),
      '*',
      { StringEquals: { 'aws:RequestedRegion': location } },
    ),
    allow(['ssm:GetParameter'], `arn:aws:ssm:${location}::parameter/aws/service/*`),
    allow(['pricing:GetProducts', 'iam:ListInstanceProfiles'], '*'),
    allow(['iam:GetInstanceProfile'], `arn:aws:iam::${account}:instance-profile/*`),
  );
}

function tagged(key: string, tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`${key}/${tag}`, value]));
}

/** Who may put messages into the queue: AWS' events, over TLS. */
export function queuePolicy(queueArn: string): Policy {
  return document(
    {
      Effect: 'Allow',
      Principal: { Service: ['events.amazonaws.com', 'sqs.amazonaws.com'] },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
    },
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: queueArn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  );
}
