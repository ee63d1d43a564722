import { DefaultSecurityGroup } from '@pulumi/aws/ec2/defaultSecurityGroup.js';
import { Eip } from '@pulumi/aws/ec2/eip.js';
import { InternetGateway } from '@pulumi/aws/ec2/internetGateway.js';
import { NatGateway } from '@pulumi/aws/ec2/natGateway.js';
import { Route } from '@pulumi/aws/ec2/route.js';
import { RouteTable } from '@pulumi/aws/ec2/routeTable.js';
import { RouteTableAssociation } from '@pulumi/aws/ec2/routeTableAssociation.js';
import { SecurityGroup } from '@pulumi/aws/ec2/securityGroup.js';
import { Subnet } from '@pulumi/aws/ec2/subnet.js';
import { Vpc } from '@pulumi/aws/ec2/vpc.js';
import { VpcEndpoint } from '@pulumi/aws/ec2/vpcEndpoint.js';
import { SecurityGroupIngressRule } from '@pulumi/aws/vpc/securityGroupIngressRule.js';
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';

/** Services of AWS that workers call, reached inside the network. */
const ENDPOINTS = ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'kms', 'logs', 'sts'] as const;
const ANYWHERE = '0.0.0.0/0';
const HTTPS_PORT = 443;

/** A VPC with private subnets for workers; out by one gateway a zone, in by nothing. */
export class EksNetwork extends ComponentResource {
  /** Subnets for workers and the control plane, in the order of the place's zones. */
  readonly workers: readonly Subnet[];
  readonly vpcId: Output<string>;
  /** The ways out, without which a worker cannot join. */
  readonly ready: readonly Resource[];
  private readonly plan: ClusterPlan;

  constructor(name: string, plan: ClusterPlan, options?: ComponentResourceOptions) {
    super('wedsync:cluster:EksNetwork', name, {}, options);
    this.plan = plan;
    const { addresses, place } = plan;
    const parent = { parent: this };
    const vpc = new Vpc(
      name,
      {
        ...this.here(name),
        cidrBlock: addresses.network,
        enableDnsSupport: true,
        enableDnsHostnames: true,
      },
      parent,
    );
    this.vpcId = vpc.id;
    // What names no group of its own gets no connection at all.
    new DefaultSecurityGroup(name, { ...this.here(`${name}-default`), vpcId: vpc.id, ingress: [], egress: [] }, parent);
    const gateway = new InternetGateway(name, { ...this.here(name), vpcId: vpc.id }, parent);
    const outward = this.routes(`${name}-egress`, vpc.id);
    new Route(
      `${name}-egress`,
      { region: place.location, routeTableId: outward.id, destinationCidrBlock: ANYWHERE, gatewayId: gateway.id },
      parent,
    );

    const zones = place.zones.map((zone, index) => {
      const own = `${name}-${index + 1}`;
      const range = (ranges: readonly string[]) => ranges[index] ?? '';
      const egress = this.subnet(`${own}-egress`, vpc.id, zone, range(addresses.zoneEgress), outward);
      const address = new Eip(own, { ...this.here(own), domain: 'vpc' }, { parent: this, dependsOn: gateway });
      const nat = new NatGateway(own, { ...this.here(own), subnetId: egress.id, allocationId: address.id }, parent);
      const table = this.routes(own, vpc.id);
      const route = new Route(
        own,
        { region: place.location, routeTableId: table.id, destinationCidrBlock: ANYWHERE, natGatewayId: nat.id },
        parent,
      );
      const workers = this.subnet(own, vpc.id, zone, range(addresses.zoneWorkers), table, {
        'kubernetes.io/role/internal-elb': '1',
        'karpenter.sh/discovery': plan.name,
      });
      return { workers, table, route };
    });
    this.workers = zones.map(({ workers }) => workers);
    this.ready = zones.map(({ route }) => route);
    this.endpoints(
      name,
      vpc.id,
      zones.map(({ table }) => table),
    );
    this.registerOutputs({ vpcId: this.vpcId });
  }

  private here(name: string) {
    return { region: this.plan.place.location, tags: { ...this.plan.tags, Name: name } };
  }

  private routes(name: string, vpcId: Output<string>): RouteTable {
    return new RouteTable(name, { ...this.here(name), vpcId }, { parent: this });
  }

  private subnet(
    name: string,
    vpcId: Output<string>,
    availabilityZone: string,
    cidrBlock: string,
    table: RouteTable,
    tags: Record<string, string> = {},
  ): Subnet {
    const here = this.here(name);
    const subnet = new Subnet(
      name,
      { ...here, vpcId, availabilityZone, cidrBlock, mapPublicIpOnLaunch: false, tags: { ...here.tags, ...tags } },
      { parent: this },
    );
    new RouteTableAssociation(
      name,
      { region: here.region, subnetId: subnet.id, routeTableId: table.id },
      { parent: this },
    );
    return subnet;
  }

  private endpoints(name: string, vpcId: Output<string>, tables: readonly RouteTable[]): void {
    const parent = { parent: this };
    const { place, addresses } = this.plan;
    const guard = new SecurityGroup(
      `${name}-endpoints`,
      { ...this.here(`${name}-endpoints`), vpcId, description: 'Private endpoints of AWS services' },
      parent,
    );
    new SecurityGroupIngressRule(
      `${name}-endpoints`,
      {
        region: place.location,
        securityGroupId: guard.id,
        cidrIpv4: addresses.network,
        ipProtocol: 'tcp',
        fromPort: HTTPS_PORT,
        toPort: HTTPS_PORT,
        description: 'HTTPS from inside the network',
      },
      parent,
    );
    const service = (suffix: string) => ({
      ...this.here(`${name}-${suffix}`),
      vpcId,
      serviceName: `com.amazonaws.${place.location}.${suffix}`,
    });
    new VpcEndpoint(
      `${name}-s3`,
      { ...service('s3'), vpcEndpointType: 'Gateway', routeTableIds: tables.map(({ id }) => id) },
      parent,
    );
    for (const suffix of ENDPOINTS) {
      new VpcEndpoint(
        `${name}-${suffix}`,
        {
          ...service(suffix),
          vpcEndpointType: 'Interface',
          privateDnsEnabled: true,
          subnetIds: this.workers.map(({ id }) => id),
          securityGroupIds: [guard.id],
        },
        parent,
      );
    }
  }
}
