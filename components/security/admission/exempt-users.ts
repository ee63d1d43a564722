/**
 * Users that keep a cluster running: controllers of Kubernetes and of its clouds. What they do on a Saturday is what was asked for
 * before it: Jobs of a CronJob, renewed certificates, replicas. Service accounts of kube-system are among them, since the
 * controllers have theirs there; so whoever may use one of those is not held by the freeze.
 */
const CONTROLLERS = [
  'system:apiserver',
  'system:kube-controller-manager',
  'system:kube-scheduler',
  'system:cloud-controller-manager',
  'system:node:*',
  'system:serviceaccount:kube-system:*',
  // AKS, EKS and GKE run parts of the control plane under names of their own.
  'aksService',
  'eks:*',
  'system:gke-*',
  'system:gcp-controller-manager',
] as const;

/** Everybody whom the freeze does not hold: controllers, and the services that live in `serviceNamespaces`. */
export function exemptUsers(serviceNamespaces: readonly string[]): readonly string[] {
  return [...CONTROLLERS, ...serviceNamespaces.map((namespace) => `system:serviceaccount:${namespace}:*`)];
}
