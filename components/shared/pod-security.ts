import type { core } from '@pulumi/kubernetes/types/input.js';

/** A level of the Pod Security Standards; `privileged` only for what has to see the machine itself. */
export type PodSecurityLevel = 'restricted' | 'privileged';

/** The labels of a namespace of the region's in which Kubernetes admits only Pods under `level`. */
export function namespaceLabels(level: PodSecurityLevel): Record<string, string> {
  return {
    'app.kubernetes.io/part-of': 'wedsync',
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/enforce-version': 'latest',
    'pod-security.kubernetes.io/warn': level,
    'pod-security.kubernetes.io/audit': level,
  };
}

/** A Pod's security context under the Pod Security Standard `restricted`, as one unprivileged user. */
export function restrictedPod(user: number): core.v1.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** A container's security context under `restricted`, with a root file system that it cannot write to. */
export const RESTRICTED_CONTAINER: core.v1.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
