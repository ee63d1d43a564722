import { Addon } from '@pulumi/aws/eks/addon.js';
import type { Cluster } from '@pulumi/aws/eks/cluster.js';
import type { Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';
import { awsRole } from './roles.ts';

/** A part of Kubernetes that EKS leaves to choose; in the version that AWS has for the cluster's own. */
interface AddonPlan {
  readonly name: string;
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** The service account and policy through which its Pods speak to AWS. */
  readonly rights?: { readonly serviceAccount: string; readonly policy: string };
}

/** Without these no worker is ready. The network's plugin enforces NetworkPolicies, which it does not by itself. */
export const BEFORE_WORKERS: readonly AddonPlan[] = [
  { name: 'vpc-cni', configuration: { enableNetworkPolicy: 'true' } },
  { name: 'kube-proxy' },
  { name: 'eks-pod-identity-agent' },
];

/** These run on workers. */
export const AFTER_WORKERS: readonly AddonPlan[] = [
  { name: 'coredns' },
  { name: 'metrics-server' },
  {
    name: 'aws-ebs-csi-driver',
    rights: { serviceAccount: 'ebs-csi-controller-sa', policy: 'service-role/AmazonEBSCSIDriverPolicy' },
  },
];

/** Adds parts to a cluster; Pods get their rights by EKS Pod Identity. */
export function addons(
  list: readonly AddonPlan[],
  plan: ClusterPlan,
  cluster: Cluster,
  { parent, after }: { readonly parent: Resource; readonly after: readonly Resource[] },
): Addon[] {
  return list.map(({ name, configuration, rights }) => {
    const own = `${plan.name}-${name}`;
    const identity =
      rights && awsRole(own, { principal: 'pods.eks', policies: [rights.policy] }, plan.tags, { parent });
    return new Addon(
      own,
      {
        region: plan.place.location,
        clusterName: cluster.name,
        addonName: name,
        resolveConflictsOnCreate: 'OVERWRITE',
        resolveConflictsOnUpdate: 'PRESERVE',
        ...(configuration && { configurationValues: JSON.stringify(configuration) }),
        ...(rights &&
          identity && {
            podIdentityAssociations: [{ serviceAccount: rights.serviceAccount, roleArn: identity.role.arn }],
          }),
        tags: plan.tags,
      },
      { parent, dependsOn: [...(identity?.rights ?? []), ...after] },
    );
  });
}
