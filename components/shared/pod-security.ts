import type { core } from '@pulumi/kubernetes/types/input.js';

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
