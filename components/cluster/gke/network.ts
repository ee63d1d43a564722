import { Network } from '@pulumi/gcp/compute/network.js';
import { Router } from '@pulumi/gcp/compute/router.js';
import { RouterNat } from '@pulumi/gcp/compute/routerNat.js';
import { Subnetwork } from '@pulumi/gcp/compute/subnetwork.js';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';
import type { CloudOptions } from '../platform.ts';

/** Secondary ranges by the names that GKE is told. */
export const RANGES = { pods: 'pods', services: 'services' } as const;

/** A VPC with a subnet for workers; out through Cloud NAT, in by nothing, Google's own services by private access. */
export class GkeNetwork extends ComponentResource {
  readonly network: Network;
  readonly subnet: Subnetwork;
  /** The way out, without which a worker pulls no image. */
  readonly ready: readonly Resource[];

  constructor(name: string, plan: ClusterPlan, { gcpProject }: CloudOptions, options?: ComponentResourceOptions) {
    super('wedsync:cluster:GkeNetwork', name, {}, options);
    const parent = { parent: this };
    const project = gcpProject === undefined ? {} : { project: gcpProject };
    const here = { ...project, region: plan.place.location };
    this.network = new Network(
      name,
      { ...project, name, autoCreateSubnetworks: false, routingMode: 'REGIONAL' },
      parent,
    );
    this.subnet = new Subnetwork(
      name,
      {
        ...here,
        name,
        network: this.network.id,
        ipCidrRange: plan.addresses.workers,
        secondaryIpRanges: [
          { rangeName: RANGES.pods, ipCidrRange: plan.addresses.pods },
          { rangeName: RANGES.services, ipCidrRange: plan.addresses.services },
        ],
        privateIpGoogleAccess: true,
        stackType: 'IPV4_ONLY',
        logConfig: { aggregationInterval: 'INTERVAL_5_MIN', flowSampling: 0.5, metadata: 'INCLUDE_ALL_METADATA' },
      },
      parent,
    );
    const router = new Router(name, { ...here, name, network: this.network.id }, parent);
    const nat = new RouterNat(
      name,
      {
        ...here,
        name,
        router: router.name,
        natIpAllocateOption: 'AUTO_ONLY',
        sourceSubnetworkIpRangesToNat: 'LIST_OF_SUBNETWORKS',
        subnetworks: [{ name: this.subnet.id, sourceIpRangesToNats: ['ALL_IP_RANGES'] }],
        logConfig: { enable: true, filter: 'ERRORS_ONLY' },
      },
      parent,
    );
    this.ready = [nat];
    this.registerOutputs({});
  }
}
