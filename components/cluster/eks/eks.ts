import { LogGroup } from '@pulumi/aws/cloudwatch/logGroup.js';
import { AccessEntry } from '@pulumi/aws/eks/accessEntry.js';
import { AccessPolicyAssociation } from '@pulumi/aws/eks/accessPolicyAssociation.js';
import { Cluster } from '@pulumi/aws/eks/cluster.js';
import { Provider } from '@pulumi/aws/provider.js';
import { SecurityGroupIngressRule } from '@pulumi/aws/vpc/securityGroupIngressRule.js';
import { all, ComponentResource, type ComponentResourceOptions, type Output, type Resource } from '@pulumi/pulumi';
import { tokenKubeconfig } from '../kubeconfig.ts';
import type { NodeScaling } from '../node-scaling.ts';
import type { ClusterPlan } from '../plan.ts';
import type { CloudCluster, CloudOptions } from '../platform.ts';
import type { VolumeDriver } from '../storage-class.ts';
import { addons, AFTER_WORKERS, BEFORE_WORKERS } from './addons.ts';
import { EksKarpenter } from './karpenter.ts';
import { EksKey } from './keys.ts';
import { EksNetwork } from './network.ts';
import { type AwsRole, awsRole } from './roles.ts';
import { workers } from './workers.ts';

/** All that the control plane can tell. */
const LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;
const WORKER_POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryPullOnly'];
const CLUSTER_ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const HTTPS_PORT = 443;

/** Kubernetes on AWS. */
export class Eks extends ComponentResource implements CloudCluster {
  readonly kubeconfig: Output<string>;
  readonly volumes: VolumeDriver;
  readonly ready: readonly Resource[];
  readonly nodeScaling: NodeScaling | undefined;

  constructor(name: string, plan: ClusterPlan, { karpenter }: CloudOptions, options?: ComponentResourceOptions) {
    super('wedsync:cluster:Eks', name, {}, { ...options, providers: { aws: providerFor(name, plan, options) } });
    const parent = { parent: this };
    const role = (suffix: string, principal: 'eks' | 'ec2', policies: readonly string[]): AwsRole =>
      awsRole(`${plan.name}-${suffix}`, { principal, policies }, plan.tags, parent);
    const controlPlane = role('control-plane', 'eks', ['AmazonEKSClusterPolicy']);
    const key = new EksKey(plan.name, plan, controlPlane.role.arn, parent);
    const network = new EksNetwork(plan.name, plan, parent);
    const cluster = this.cluster(plan, { controlPlane, key, network });

    const basics = addons(BEFORE_WORKERS, plan, cluster, { parent: this, after: [] });
    const workerRole = role('workers', 'ec2', WORKER_POLICIES);
    const groups = workers(
      {
        plan,
        cluster,
        key: key.arn,
        role: workerRole,
        subnets: network.workers,
        after: [...basics, ...network.ready],
      },
      this,
    );
    const rest = addons(AFTER_WORKERS, plan, cluster, { parent: this, after: groups });
    const entries = this.access(plan, cluster);

    this.kubeconfig = all([cluster.name, cluster.endpoint, cluster.certificateAuthority]).apply(
      ([clusterName, url, { data }]) => kubeconfig({ name: clusterName, url, certificateAuthority: data }, plan),
    );
    this.volumes = {
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true', kmsKeyId: key.arn, 'csi.storage.k8s.io/fstype': 'ext4' },
    };
    this.ready = [...groups, ...rest, ...entries];
    const scaling = karpenter
      ? new EksKarpenter(`${plan.name}-karpenter`, { plan, cluster, workers: workerRole }, parent)
      : undefined;
    this.nodeScaling = scaling && {
      plan,
      nodeRole: workerRole.role.name,
      securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
      diskKey: key.arn,
      ready: scaling.ready,
    };
    this.registerOutputs({ kubeconfig: this.kubeconfig });
  }

  private cluster(plan: ClusterPlan, { controlPlane, key, network }: Parts): Cluster {
    const region = plan.place.location;
    const log = new LogGroup(
      plan.name,
      {
        region,
        name: `/aws/eks/${plan.name}/cluster`,
        retentionInDays: plan.auditLogDays,
        kmsKeyId: key.arn,
        deletionProtectionEnabled: true,
        tags: plan.tags,
      },
      { parent: this, protect: true },
    );
    return new Cluster(
      plan.name,
      {
        region,
        name: plan.name,
        version: plan.kubernetesVersion,
        roleArn: controlPlane.role.arn,
        vpcConfig: {
          subnetIds: network.workers.map(({ id }) => id),
          endpointPrivateAccess: true,
          endpointPublicAccess: false,
        },
        accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
        bootstrapSelfManagedAddons: false,
        encryptionConfig: { resources: ['secrets'], provider: { keyArn: key.arn } },
        enabledClusterLogTypes: [...LOGS],
        deletionProtection: true,
        zonalShiftConfig: { enabled: true },
        upgradePolicy: { supportType: 'STANDARD' },
        tags: plan.tags,
      },
      { parent: this, protect: true, dependsOn: [log, ...controlPlane.rights] },
    );
  }

  /** Lets people of the plan in, and whoever deploys from inside the network. */
  private access(plan: ClusterPlan, cluster: Cluster): Resource[] {
    const region = plan.place.location;
    const door = new SecurityGroupIngressRule(
      `${plan.name}-api`,
      {
        region,
        securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
        cidrIpv4: plan.addresses.network,
        ipProtocol: 'tcp',
        fromPort: HTTPS_PORT,
        toPort: HTTPS_PORT,
        description: 'The API server, from inside the network',
      },
      { parent: this },
    );
    const admins = plan.admins.map((principalArn, index) => {
      const entry = { region, clusterName: cluster.name, principalArn };
      const own = `${plan.name}-admin-${index + 1}`;
      return new AccessPolicyAssociation(
        own,
        { ...entry, policyArn: CLUSTER_ADMIN, accessScope: { type: 'cluster' } },
        { parent: this, dependsOn: new AccessEntry(own, { ...entry, tags: plan.tags }, { parent: this }) },
      );
    });
    return [door, ...admins];
  }
}

interface Parts {
  readonly controlPlane: AwsRole;
  readonly key: EksKey;
  readonly network: EksNetwork;
}

function kubeconfig(server: Parameters<typeof tokenKubeconfig>[0], plan: ClusterPlan): string {
  return tokenKubeconfig(server, {
    command: 'aws',
    args: ['eks', 'get-token', '--cluster-name', server.name, '--region', plan.place.location, '--output', 'json'],
    installHint: 'Install the AWS CLI, version 2: https://docs.aws.amazon.com/cli',
  });
}

/** The place is the plan's, wherever whoever deploys is at home. */
function providerFor(name: string, plan: ClusterPlan, { parent }: ComponentResourceOptions = {}): Provider {
  return new Provider(`${name}-aws`, { region: plan.place.location }, { ...(parent && { parent }) });
}
