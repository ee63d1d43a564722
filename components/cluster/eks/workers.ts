import { LaunchTemplate } from '@pulumi/aws/ec2/launchTemplate.js';
import type { Subnet } from '@pulumi/aws/ec2/subnet.js';
import type { Cluster } from '@pulumi/aws/eks/cluster.js';
import { NodeGroup } from '@pulumi/aws/eks/nodeGroup.js';
import type { Input, Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';
import type { AwsRole } from './roles.ts';

export interface EksWorkersArgs {
  readonly plan: ClusterPlan;
  readonly cluster: Cluster;
  readonly key: Input<string>;
  readonly role: AwsRole;
  /** In the order of the place's zones. */
  readonly subnets: readonly Subnet[];
  /** What must be there before a worker can join. */
  readonly after: readonly Resource[];
}

/** The workers of EKS: one node group a zone, with encrypted disks, and metadata that Pods do not reach. */
export function workers(args: EksWorkersArgs, parent: Resource): NodeGroup[] {
  const { plan, cluster, role, subnets, after } = args;
  const region = plan.place.location;
  const template = launchTemplate(args, parent);
  return plan.pools.map(
    ({ name, zone, bounds }) =>
      new NodeGroup(
        `${plan.name}-${name}`,
        {
          region,
          clusterName: cluster.name,
          nodeGroupName: name,
          nodeRoleArn: role.role.arn,
          subnetIds: subnets.filter((_, index) => plan.place.zones[index] === zone).map(({ id }) => id),
          amiType: 'AL2023_x86_64_STANDARD',
          capacityType: 'ON_DEMAND',
          instanceTypes: [plan.machine.type],
          launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
          scalingConfig: { minSize: bounds.minimum, maxSize: bounds.maximum, desiredSize: bounds.minimum },
          updateConfig: { maxUnavailable: 1 },
          nodeRepairConfig: { enabled: true },
          labels: { 'wedsync.com/pool': name },
          tags: plan.tags,
        },
        // An autoscaler counts the workers; nothing here may take any away on a Saturday.
        { parent, dependsOn: [...role.rights, ...after], ignoreChanges: ['scalingConfig.desiredSize'] },
      ),
  );
}

function launchTemplate({ plan, key }: EksWorkersArgs, parent: Resource): LaunchTemplate {
  return new LaunchTemplate(
    plan.name,
    {
      region: plan.place.location,
      name: plan.name,
      updateDefaultVersion: true,
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            volumeType: 'gp3',
            volumeSize: plan.diskGB,
            encrypted: 'true',
            kmsKeyId: key,
            deleteOnTermination: 'true',
          },
        },
      ],
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      monitoring: { enabled: true },
      tagSpecifications: [
        { resourceType: 'instance', tags: { ...plan.tags, Name: plan.name } },
        { resourceType: 'volume', tags: plan.tags },
      ],
      tags: plan.tags,
    },
    { parent },
  );
}
