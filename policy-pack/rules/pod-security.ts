import type { KubernetesObject } from '../kubernetes/object.ts';
import { podOf } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';
import { checkPod } from '../pod-security/pod.ts';
import { ENFORCE_LABEL, STANDARD } from '../pod-security/standard.ts';
import type { Remedy } from '../remedy.ts';
import type { JudgedResource } from '../resource.ts';
import type { Rule } from '../rule.ts';

export interface PodSecuritySettings {
  /** Namespaces of agents that need their host, and for which Kubernetes must ask for less. */
  readonly hostNamespaces?: readonly string[];
}

/**
 * Agents that cannot do their work otherwise: Falco watches the kernel, Velero's node agent reads volumes where they are mounted, and the
 * node exporter measures the machine. Pods of this very stack are judged there as everywhere.
 */
const HOST_NAMESPACES: readonly string[] = ['falco', 'velero', 'monitoring-nodes'];

/** Pods, templates of Pods in workloads of every kind, and the namespaces that admit them. */
export function checkPodSecurity(
  object: KubernetesObject,
  { hostNamespaces = HOST_NAMESPACES }: PodSecuritySettings = {},
): Finding[] {
  if (object.kind === 'Namespace') return hostNamespaces.includes(object.name) ? [] : checkNamespace(object);
  const pod = podOf(object);
  return pod ? checkPod(object.title, pod) : [];
}

function checkNamespace({ title, fields }: KubernetesObject): Finding[] {
  const label = fields.at('metadata', 'labels', ENFORCE_LABEL);
  if (!label.isNot(STANDARD)) return [];
  return [
    objection(title, label, 'Kubernetes would admit Pods with rights over their host.', `Set it to ${STANDARD}.`),
  ];
}

/** Puts the label on a namespace that has none; one that asks for another standard is left to people. */
export function remedies({ type, properties }: JudgedResource): Remedy[] {
  const labels = properties.at('metadata', 'labels');
  if (type !== 'kubernetes:core/v1:Namespace' || labels.unknown || !labels.at(ENFORCE_LABEL).isAbsent) return [];
  return [{ path: ['metadata', 'labels', ENFORCE_LABEL], value: STANDARD }];
}

export const podSecurity: Rule<PodSecuritySettings> = {
  name: 'pod-security',
  description: 'Pods run under the Pod Security Standard "restricted".',
  configSchema: {
    properties: {
      hostNamespaces: {
        type: 'array',
        items: { type: 'string' },
        description: 'Namespaces of agents that need their host, and for which Kubernetes must ask for less.',
        default: [...HOST_NAMESPACES],
      },
    },
  },
  checkObject: checkPodSecurity,
  remedies,
};
