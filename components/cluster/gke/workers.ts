import type { Cluster } from '@pulumi/gcp/container/cluster.js';
import { NodePool } from '@pulumi/gcp/container/nodePool.js';
import { IAMMember } from '@pulumi/gcp/projects/iammember.js';
import { Account } from '@pulumi/gcp/serviceaccount/account.js';
import { interpolate, type Input, type Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';

/** What a worker may do in the project: tell how it is, and pull images. */
const ROLES = ['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader'];

export interface GkeWorkersArgs {
  readonly plan: ClusterPlan;
  readonly cluster: Cluster;
  readonly project: Input<string>;
  /** The id of the key for disks. */
  readonly key: Input<string>;
  readonly account: Account;
  /** What must be there before a worker can start. */
  readonly after: readonly Resource[];
}

/** The account of the workers, in place of the project's own, which may edit anything. */
export function workerAccount(
  plan: ClusterPlan,
  project: Input<string>,
  parent: Resource,
): { readonly account: Account; readonly rights: readonly Resource[] } {
  const accountId = `${plan.name}-workers`;
  const account = new Account(accountId, { project, accountId, displayName: `Workers of ${plan.name}` }, { parent });
  const rights = ROLES.map(
    (role) =>
      new IAMMember(
        `${accountId}-${role.split('.').at(-1) ?? role}`,
        { project, role, member: interpolate`serviceAccount:${account.email}` },
        { parent },
      ),
  );
  return { account, rights };
}

/** The workers of GKE: one pool a zone, with encrypted disks, a verified boot, and Google's metadata hidden from Pods. */
export function workers(args: GkeWorkersArgs, parent: Resource): NodePool[] {
  const { plan, cluster, project, key, account, after } = args;
  return plan.pools.map(
    ({ name, zone, bounds }) =>
      new NodePool(
        `${plan.name}-${name}`,
        {
          project,
          name,
          cluster: cluster.id,
          location: plan.place.location,
          ...(zone !== undefined && { nodeLocations: [zone] }),
          initialNodeCount: bounds.minimum,
          autoscaling: { totalMinNodeCount: bounds.minimum, totalMaxNodeCount: bounds.maximum, locationPolicy: 'ANY' },
          management: { autoRepair: true, autoUpgrade: true },
          upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
          nodeConfig: {
            machineType: plan.machine.type,
            imageType: 'COS_CONTAINERD',
            diskType: 'pd-ssd',
            diskSizeGb: plan.diskGB,
            bootDiskKmsKey: key,
            serviceAccount: account.email,
            oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
            workloadMetadataConfig: { mode: 'GKE_METADATA' },
            shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
            gvnic: { enabled: true },
            metadata: { 'disable-legacy-endpoints': 'true' },
            labels: { 'wedsync.com/pool': name },
            resourceLabels: { ...plan.tags },
          },
        },
        // The autoscaler counts the workers; nothing here may take any away on a Saturday.
        { parent, dependsOn: [...after], ignoreChanges: ['initialNodeCount', 'nodeCount'] },
      ),
  );
}
