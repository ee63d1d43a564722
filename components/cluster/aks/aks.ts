import { ManagementLockByScope } from '@pulumi/azure-native/authorization/managementLockByScope.js';
import { listManagedClusterUserCredentialsOutput } from '@pulumi/azure-native/containerservice/listManagedClusterUserCredentials.js';
import { MaintenanceConfiguration } from '@pulumi/azure-native/containerservice/maintenanceConfiguration.js';
import { ManagedCluster } from '@pulumi/azure-native/containerservice/managedCluster.js';
import { UserAssignedIdentity } from '@pulumi/azure-native/managedidentity/userAssignedIdentity.js';
import { ResourceGroup } from '@pulumi/azure-native/resources/resourceGroup.js';
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource, secret } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';
import type { CloudCluster, CloudOptions } from '../platform.ts';
import type { VolumeDriver } from '../storage-class.ts';
import { auditLog } from './audit.ts';
import { AksKeys } from './keys.ts';
import { AksNetwork } from './network.ts';
import { agentPools } from './pools.ts';
import { grant } from './roles.ts';

/** Maintenance windows by the names under which AKS looks for them. */
const WINDOWS = ['aksManagedAutoUpgradeSchedule', 'aksManagedNodeOSUpgradeSchedule'] as const;

/** Kubernetes on Azure. */
export class Aks extends ComponentResource implements CloudCluster {
  readonly kubeconfig: Output<string>;
  readonly volumes: VolumeDriver;
  readonly ready: readonly Resource[];

  constructor(name: string, plan: ClusterPlan, _: CloudOptions, options?: ComponentResourceOptions) {
    super('wedsync:cluster:Aks', name, {}, options);
    const parent = { parent: this };
    const { location } = plan.place;
    const group = new ResourceGroup(plan.name, { location, tags: plan.tags }, { parent: this, protect: true });
    const identity = new UserAssignedIdentity(
      plan.name,
      { resourceGroupName: group.name, location, tags: plan.tags },
      parent,
    );
    const network = new AksNetwork(plan.name, plan, group.name, parent);
    const keys = new AksKeys(plan.name, { plan, group: group.name, controlPlane: identity }, parent);
    const before = [
      ...keys.rights,
      network.vaultEndpoint(`${plan.name}-vault`, keys.vaultId),
      grant(`${plan.name}-network`, { role: 'Network Contributor', to: identity.principalId, at: network.id }, parent),
    ];
    const cluster = this.cluster(plan, { group, identity, network, keys }, before);
    auditLog(plan.name, plan, { group: group.name, clusterId: cluster.id }, this);
    for (const window of WINDOWS) maintenance(window, plan, group, cluster);
    new ManagementLockByScope(
      plan.name,
      {
        scope: group.id,
        level: 'CanNotDelete',
        notes: 'A region of WedSync. Its keys and its audit log lie here too.',
      },
      { parent: this, dependsOn: cluster },
    );

    // Only this call tells the authority behind a private API server. What it gives for Entra ID asks kubelogin for a token.
    const credentials = listManagedClusterUserCredentialsOutput(
      { resourceGroupName: group.name, resourceName: cluster.name, format: 'exec' },
      parent,
    );
    this.kubeconfig = secret(credentials.kubeconfigs.apply(([first]) => azureCliLogin(first?.value ?? '')));
    this.volumes = {
      provisioner: 'disk.csi.azure.com',
      // Premium SSD v2 needs zones; where there are none, Premium SSD serves.
      parameters: {
        skuName: plan.pools.some(({ zone }) => zone !== undefined) ? 'PremiumV2_LRS' : 'Premium_LRS',
        cachingMode: 'None',
        diskEncryptionSetID: keys.disks.id,
      },
    };
    this.ready = [cluster];
    this.registerOutputs({ kubeconfig: this.kubeconfig });
  }

  private cluster(plan: ClusterPlan, { group, identity, network, keys }: Parts, before: readonly Resource[]) {
    return new ManagedCluster(
      plan.name,
      {
        resourceGroupName: group.name,
        resourceName: plan.name,
        location: plan.place.location,
        dnsPrefix: plan.name,
        kubernetesVersion: plan.kubernetesVersion,
        sku: { name: 'Base', tier: 'Standard' },
        identity: { type: 'UserAssigned', userAssignedIdentities: [identity.id] },
        agentPoolProfiles: agentPools(plan, network.workers.id),
        apiServerAccessProfile: {
          enablePrivateCluster: true,
          enablePrivateClusterPublicFQDN: false,
          enableVnetIntegration: true,
          privateDNSZone: 'system',
          subnetId: network.apiServer.id,
          disableRunCommand: true,
        },
        publicNetworkAccess: 'Disabled',
        enableRBAC: true,
        disableLocalAccounts: true,
        aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: [...plan.admins] },
        oidcIssuerProfile: { enabled: true },
        securityProfile: {
          workloadIdentity: { enabled: true },
          imageCleaner: { enabled: true, intervalHours: 168 },
          azureKeyVaultKms: {
            enabled: true,
            keyId: keys.secretsKey,
            keyVaultNetworkAccess: 'Private',
            keyVaultResourceId: keys.vaultId,
          },
        },
        diskEncryptionSetID: keys.disks.id,
        storageProfile: { diskCSIDriver: { enabled: true }, snapshotController: { enabled: true } },
        networkProfile: {
          networkPlugin: 'azure',
          networkPluginMode: 'overlay',
          networkDataplane: 'cilium',
          networkPolicy: 'cilium',
          podCidr: plan.addresses.pods,
          serviceCidr: plan.addresses.services,
          dnsServiceIP: plan.addresses.services.replace(/\d+\/\d+$/, '10'),
          outboundType: 'userAssignedNATGateway',
          loadBalancerSku: 'standard',
        },
        autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' },
        autoScalerProfile: {
          expander: 'least-waste',
          balanceSimilarNodeGroups: 'true',
          skipNodesWithLocalStorage: 'false',
        },
        tags: plan.tags,
      },
      // The autoscaler counts the workers; nothing here may take any away on a Saturday.
      { parent: this, protect: true, dependsOn: [...before], ignoreChanges: ['agentPoolProfiles[*].count'] },
    );
  }
}

interface Parts {
  readonly group: ResourceGroup;
  readonly identity: UserAssignedIdentity;
  readonly network: AksNetwork;
  readonly keys: AksKeys;
}

/** A window takes one day of the week; the first that the plan names. */
function maintenance(configName: string, plan: ClusterPlan, group: ResourceGroup, cluster: ManagedCluster): void {
  const { days, startHour, hours } = plan.maintenance;
  new MaintenanceConfiguration(
    `${plan.name}-${configName}`,
    {
      resourceGroupName: group.name,
      resourceName: cluster.name,
      configName,
      maintenanceWindow: {
        schedule: { weekly: { dayOfWeek: days[0], intervalWeeks: 1 } },
        startTime: `${String(startHour).padStart(2, '0')}:00`,
        durationHours: hours,
        utcOffset: '+00:00',
      },
    },
    { parent: cluster },
  );
}

/** Azure writes kubeconfigs for people at a browser; the login of its command line serves people and pipelines alike. */
function azureCliLogin(base64: string): string {
  return Buffer.from(base64, 'base64')
    .toString('utf8')
    .replace(/\bdevicecode\b/g, 'azurecli');
}
