import type { KubernetesObject } from '../kubernetes/object.ts';
import { podOf } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';
import { checkPod } from '../pod-security/pod.ts';
import { ENFORCE_LABEL, STANDARD } from '../pod-security/standard.ts';
import type { Rule } from '../rule.ts';

/** Pods, templates of Pods in workloads of every kind, and the namespaces that admit them. */
export function checkPodSecurity(object: KubernetesObject): Finding[] {
  if (object.kind === 'Namespace') return checkNamespace(object);
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

export const podSecurity: Rule = {
  name: 'pod-security',
  description: 'Pods run under the Pod Security Standard "restricted".',
  checkObject: checkPodSecurity,
};
