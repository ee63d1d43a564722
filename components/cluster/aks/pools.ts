import type { containerservice } from '@pulumi/azure-native/types/input.js';
import type { Input } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';

/**
 * The most Pods on a worker for which Kubernetes is made (https://kubernetes.io/docs/setup/best-practices/cluster-large); AKS would take
 * more, since Pods have addresses of their own, apart from the network's.
 */
const MOST_PODS = 110;

/** The workers of AKS, one pool a zone. The first is its system pool too, which may never be empty. */
export function agentPools(
  plan: ClusterPlan,
  subnet: Input<string>,
): containerservice.ManagedClusterAgentPoolProfileArgs[] {
  return plan.pools.map(({ name, zone, bounds }, index) => ({
    name,
    mode: index === 0 ? 'System' : 'User',
    type: 'VirtualMachineScaleSets',
    vmSize: plan.machine.type,
    ...(zone !== undefined && { availabilityZones: [zone] }),
    enableAutoScaling: true,
    count: bounds.minimum,
    minCount: bounds.minimum,
    maxCount: bounds.maximum,
    maxPods: MOST_PODS,
    osType: 'Linux',
    osSKU: 'AzureLinux',
    osDiskType: 'Managed',
    osDiskSizeGB: plan.diskGB,
    enableEncryptionAtHost: true,
    enableNodePublicIP: false,
    vnetSubnetID: subnet,
    upgradeSettings: { maxSurge: '1', drainTimeoutInMinutes: 30 },
    nodeLabels: { 'wedsync.com/pool': name },
    tags: plan.tags,
  }));
}
