import { NatGateway } from '@pulumi/azure-native/network/natGateway.js';
import { NetworkSecurityGroup } from '@pulumi/azure-native/network/networkSecurityGroup.js';
import { PrivateDnsZoneGroup } from '@pulumi/azure-native/network/privateDnsZoneGroup.js';
import { PrivateEndpoint } from '@pulumi/azure-native/network/privateEndpoint.js';
import { PublicIPAddress } from '@pulumi/azure-native/network/publicIPAddress.js';
import { Subnet, type SubnetArgs } from '@pulumi/azure-native/network/subnet.js';
import { VirtualNetwork } from '@pulumi/azure-native/network/virtualNetwork.js';
import { PrivateZone } from '@pulumi/azure-native/privatedns/privateZone.js';
import { VirtualNetworkLink } from '@pulumi/azure-native/privatedns/virtualNetworkLink.js';
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';

/** The name that Key Vault's private endpoints have inside a network, by Azure's rule. */
const VAULT_ZONE = 'privatelink.vaultcore.azure.net';

/** A virtual network with subnets for workers, the API server and private endpoints; out through one gateway, in by nothing. */
export class AksNetwork extends ComponentResource {
  readonly id: Output<string>;
  readonly workers: Subnet;
  readonly apiServer: Subnet;
  private readonly endpoints: Subnet;
  private readonly group: Input<string>;
  private readonly plan: ClusterPlan;

  constructor(name: string, plan: ClusterPlan, group: Input<string>, options?: ComponentResourceOptions) {
    super('wedsync:cluster:AksNetwork', name, {}, options);
    this.plan = plan;
    this.group = group;
    const { addresses, tags, place } = plan;
    const here = { resourceGroupName: group, location: place.location, tags };
    const parent = { parent: this };

    const address = new PublicIPAddress(
      `${name}-egress`,
      {
        ...here,
        sku: { name: 'Standard' },
        publicIPAllocationMethod: 'Static',
        ...(place.zones.length > 0 && { zones: [...place.zones] }),
      },
      parent,
    );
    const egress = new NatGateway(
      `${name}-egress`,
      { ...here, sku: { name: 'Standard' }, publicIpAddresses: [{ id: address.id }] },
      parent,
    );
    // Azure's own rules let the network talk to itself and nobody else in; a group without rules of its own says just that.
    const guard = new NetworkSecurityGroup(name, here, parent);
    const network = new VirtualNetwork(
      name,
      { ...here, addressSpace: { addressPrefixes: [addresses.network] } },
      parent,
    );

    let last: Resource = network;
    // Azure changes one subnet of a network at a time.
    const subnet = (suffix: string, range: string, more: Partial<SubnetArgs> = {}): Subnet => {
      const made = new Subnet(
        `${name}-${suffix}`,
        {
          resourceGroupName: group,
          virtualNetworkName: network.name,
          addressPrefix: range,
          networkSecurityGroup: { id: guard.id },
          defaultOutboundAccess: false,
          ...more,
        },
        { parent: this, dependsOn: last },
      );
      last = made;
      return made;
    };
    this.workers = subnet('workers', addresses.workers, { natGateway: { id: egress.id } });
    this.apiServer = subnet('api-server', addresses.apiServer, {
      natGateway: { id: egress.id },
      delegations: [{ name: 'aks', serviceName: 'Microsoft.ContainerService/managedClusters' }],
    });
    this.endpoints = subnet('endpoints', addresses.endpoints, { privateEndpointNetworkPolicies: 'Enabled' });
    this.id = network.id;
    this.registerOutputs({ id: this.id });
  }

  /** Puts a Key Vault into the network, so that nothing outside of it reaches the vault. */
  vaultEndpoint(name: string, vaultId: Input<string>): Resource {
    const here = { resourceGroupName: this.group, tags: this.plan.tags };
    const parent = { parent: this };
    const endpoint = new PrivateEndpoint(
      name,
      {
        ...here,
        location: this.plan.place.location,
        subnet: { id: this.endpoints.id },
        privateLinkServiceConnections: [{ name, privateLinkServiceId: vaultId, groupIds: ['vault'] }],
      },
      parent,
    );
    const zone = new PrivateZone(name, { ...here, location: 'global', privateZoneName: VAULT_ZONE }, parent);
    const link = new VirtualNetworkLink(
      name,
      {
        ...here,
        location: 'global',
        privateZoneName: zone.name,
        registrationEnabled: false,
        virtualNetwork: { id: this.id },
      },
      parent,
    );
    return new PrivateDnsZoneGroup(
      name,
      {
        resourceGroupName: this.group,
        privateEndpointName: endpoint.name,
        privateDnsZoneConfigs: [{ name: 'vault', privateDnsZoneId: zone.id }],
      },
      { parent: this, dependsOn: link },
    );
  }
}
