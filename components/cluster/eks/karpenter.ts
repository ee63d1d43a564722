import { EventRule } from '@pulumi/aws/cloudwatch/eventRule.js';
import { EventTarget } from '@pulumi/aws/cloudwatch/eventTarget.js';
import type { Cluster } from '@pulumi/aws/eks/cluster.js';
import { PodIdentityAssociation } from '@pulumi/aws/eks/podIdentityAssociation.js';
import { RolePolicy } from '@pulumi/aws/iam/rolePolicy.js';
import { Queue } from '@pulumi/aws/sqs/queue.js';
import { QueuePolicy } from '@pulumi/aws/sqs/queuePolicy.js';
import { all, ComponentResource, type ComponentResourceOptions, type Input, type Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';
import { KARPENTER_ACCOUNT } from '../node-scaling.ts';
import { karpenterRights, PURPOSES, queuePolicy } from './karpenter-rights.ts';
import { type AwsRole, awsRole } from './roles.ts';

/** What AWS says before it takes a machine away or changes it. */
const EVENTS = {
  health: { source: 'aws.health', type: 'AWS Health Event' },
  spot: { source: 'aws.ec2', type: 'EC2 Spot Instance Interruption Warning' },
  rebalance: { source: 'aws.ec2', type: 'EC2 Instance Rebalance Recommendation' },
  state: { source: 'aws.ec2', type: 'EC2 Instance State-change Notification' },
  reservation: { source: 'aws.ec2', type: 'EC2 Capacity Reservation Instance Interruption Warning' },
} as const;

/** A warning is stale after five minutes. */
const RETENTION_SECONDS = 300;

export interface EksKarpenterArgs {
  readonly plan: ClusterPlan;
  readonly cluster: Cluster;
  /** The role of the workers, which those that Karpenter adds have too. */
  readonly workers: AwsRole;
}

/** What Karpenter needs of AWS: its rights, by EKS Pod Identity, and a queue of warnings. The queue has the cluster's name. */
export class EksKarpenter extends ComponentResource {
  /** What must be there before Karpenter runs. */
  readonly ready: readonly Resource[];

  constructor(name: string, { plan, cluster, workers }: EksKarpenterArgs, options?: ComponentResourceOptions) {
    super('wedsync:cluster:EksKarpenter', name, {}, options);
    const parent = { parent: this };
    const region = plan.place.location;
    const queue = new Queue(
      name,
      {
        region,
        name: plan.name,
        messageRetentionSeconds: RETENTION_SECONDS,
        sqsManagedSseEnabled: true,
        tags: plan.tags,
      },
      parent,
    );
    const policy = queue.arn.apply((arn) => JSON.stringify(queuePolicy(arn)));
    const door = new QueuePolicy(name, { region, queueUrl: queue.url, policy }, parent);
    const events = Object.entries(EVENTS).map(([event, { source, type }]) =>
      this.event(`${name}-${event}`, { source: [source], 'detail-type': [type] }, plan, queue.arn),
    );

    const { role } = awsRole(name, { principal: 'pods.eks', policies: [] }, plan.tags, parent);
    const documents = all([workers.role.arn, queue.arn]).apply(([nodeRoleArn, queueArn]) =>
      karpenterRights(plan, { account: nodeRoleArn.split(':')[4] ?? '', nodeRoleArn, queueArn }),
    );
    const rights = PURPOSES.map(
      (purpose) =>
        new RolePolicy(
          `${name}-${purpose}`,
          {
            role: role.name,
            name: purpose,
            policy: documents.apply((found) => JSON.stringify(found[purpose])),
          },
          parent,
        ),
    );
    const identity = new PodIdentityAssociation(
      name,
      { region, clusterName: cluster.name, ...KARPENTER_ACCOUNT, roleArn: role.arn, tags: plan.tags },
      parent,
    );
    this.ready = [door, ...events, ...rights, identity];
    this.registerOutputs({});
  }

  private event(name: string, pattern: object, plan: ClusterPlan, queueArn: Input<string>): Resource {
    const region = plan.place.location;
    const rule = new EventRule(
      name,
      { region, eventPattern: JSON.stringify(pattern), tags: plan.tags },
      { parent: this },
    );
    return new EventTarget(name, { region, rule: rule.name, arn: queueArn }, { parent: this });
  }
}
