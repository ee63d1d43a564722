import type { Input, Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from './plan.ts';

/** Where Karpenter runs, as the rights that a cloud gives it name it. */
export const KARPENTER_ACCOUNT = { namespace: 'karpenter', serviceAccount: 'karpenter' } as const;

/** What Karpenter must know of a cluster to add workers to it. */
export interface NodeScaling {
  readonly plan: ClusterPlan;
  /** The role that workers take on. */
  readonly nodeRole: Input<string>;
  readonly securityGroupId: Input<string>;
  /** The key under which a worker's disk is encrypted. */
  readonly diskKey: Input<string>;
  readonly ready: readonly Resource[];
}
