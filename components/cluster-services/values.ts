/** Parts that the values of several charts share. */
import type { ContainerRequests } from './requests.ts';
import type { Values } from './release.ts';

/** For what must be there before other Pods can be made or changed. Each namespace has a quota that lets these classes in. */
export const CLUSTER_CRITICAL = 'system-cluster-critical';
/** For agents of which every machine has one. */
export const NODE_CRITICAL = 'system-node-critical';

/** A container's resources: memory is limited too, CPU is not, so that nothing is throttled. */
export function resources({ cpuMillis, memoryMiB, limitMiB = memoryMiB * 2 }: ContainerRequests): Values {
  return {
    requests: { cpu: `${cpuMillis}m`, memory: `${memoryMiB}Mi` },
    limits: { memory: `${limitMiB}Mi` },
  };
}

/** Replicas on different machines, in different zones where there are some. */
export function spread(labels: Readonly<Record<string, string>>): readonly Values[] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
  }));
}

/** A Pod's security context under Pod Security `restricted`. */
export function restrictedPod(user: number): Values {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** A container's security context under Pod Security `restricted`, with a root file system that it cannot write to. */
export const RESTRICTED_CONTAINER: Values = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Runs on every machine, whatever the machine is reserved for. */
export const EVERYWHERE: readonly Values[] = [{ operator: 'Exists' }];
