/** The services of a cluster that a region builds on, in the order in which they are installed. */
export const CLUSTER_SERVICES = [
  'certManager',
  'prometheus',
  'keda',
  'gatekeeper',
  'velero',
  'falco',
  'openCost',
  'karpenter',
] as const;
export type ClusterServiceName = (typeof CLUSTER_SERVICES)[number];

/**
 * Where a service comes from: the region installs it, the cluster has it already, or the region does without it. Nothing that
 * needs an `absent` service is made.
 */
export const SERVICE_CHOICES = ['install', 'existing', 'absent'] as const;
export type ServiceChoice = (typeof SERVICE_CHOICES)[number];

export type ServiceChoices = Readonly<Record<ClusterServiceName, ServiceChoice>>;
