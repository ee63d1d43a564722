import type { AdmissionFigures } from './plan.ts';
import type { Kinds, Parameter, Schema } from './objects.ts';

/** A rule at admission: its Rego is `rules/NAME/rule.rego`, and `rules/NAME/suite.yaml` has what it refuses and what it lets pass. */
export interface AdmissionRule {
  readonly name: string;
  /** What the rule demands, in one sentence. */
  readonly description: string;
  readonly kinds: readonly Kinds[];
  /** Of the region's namespaces those that it judges; `anywhere` for objects that belong to none. */
  readonly where: 'region' | 'redis' | 'anywhere';
  /** The parameters that its Rego reads. */
  readonly schema: Readonly<Record<string, Schema>>;
  readonly parameters: (figures: AdmissionFigures) => Readonly<Record<string, Parameter>>;
}

const WORKLOADS: readonly Kinds[] = [
  { apiGroups: [''], kinds: ['Pod'] },
  { apiGroups: ['apps'], kinds: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'] },
  { apiGroups: ['batch'], kinds: ['Job', 'CronJob'] },
];
/** `kubectl scale` and autoscalers ask for this kind. */
const SCALE: Kinds = { apiGroups: ['autoscaling'], kinds: ['Scale'] };

const text = (description: string): Schema => ({ type: 'string', description });
const number = (description: string): Schema => ({ type: 'integer', description });
const texts = (description: string): Schema => ({ type: 'array', description, items: { type: 'string' } });
const none = { schema: {}, parameters: () => ({}) };

/** Every rule, repeated from the policy pack for what reaches the API server by another way than through it. */
export const ADMISSION_RULES: readonly AdmissionRule[] = [
  {
    name: 'pod-security',
    description: 'Pods run under the standard `restricted`, with a read-only root and without a token.',
    kinds: [...WORKLOADS, { apiGroups: [''], kinds: ['Namespace'] }],
    where: 'region',
    ...none,
  },
  {
    name: 'image-pinned',
    description: 'Images come from approved registries, by version and digest.',
    kinds: WORKLOADS,
    where: 'region',
    schema: { registries: texts('Registries, paths in them or whole names, from which images may come.') },
    parameters: ({ registries }) => ({ registries }),
  },
  {
    name: 'redis-topology',
    description: 'A shard of Redis has a master and a replica, on two machines, in two zones where there are some.',
    kinds: [{ apiGroups: ['apps'], kinds: ['StatefulSet'] }, SCALE],
    where: 'redis',
    schema: { zones: number('Availability zones among the workers; 1 where there are none.') },
    parameters: ({ zones }) => ({ zones }),
  },
  {
    name: 'redis-not-exposed',
    description: 'Redis is reached from named Pods of its own cluster, and from nowhere else.',
    kinds: [
      { apiGroups: [''], kinds: ['Service'] },
      { apiGroups: ['networking.k8s.io'], kinds: ['Ingress', 'NetworkPolicy'] },
      { apiGroups: ['gateway.networking.k8s.io'], kinds: ['Gateway', 'HTTPRoute', 'TLSRoute', 'TCPRoute'] },
    ],
    where: 'redis',
    ...none,
  },
  {
    name: 'redis-encrypted',
    description: 'Every connection of Redis is under TLS 1.3, and its users are in a file.',
    kinds: [{ apiGroups: [''], kinds: ['ConfigMap'] }],
    where: 'redis',
    ...none,
  },
  {
    name: 'redis-users',
    description: "Redis' default user is off, and every other one has a password and listed rights.",
    kinds: [{ apiGroups: [''], kinds: ['Secret'] }],
    where: 'redis',
    ...none,
  },
  {
    name: 'no-plaintext-secrets',
    description: 'Secrets stand in Secrets: not in the environment, on a command line or in a ConfigMap.',
    kinds: [...WORKLOADS, { apiGroups: [''], kinds: ['ConfigMap'] }],
    where: 'region',
    ...none,
  },
  {
    name: 'no-wildcard-rbac',
    description: 'Rights are listed one by one, for subjects that are named.',
    kinds: [
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        kinds: ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
      },
    ],
    where: 'anywhere',
    schema: { namespaces: texts("The region's namespaces.") },
    parameters: ({ namespaces }) => ({ namespaces }),
  },
  {
    name: 'disruption-budgets',
    description: 'A drain of machines takes one Pod of a workload at a time.',
    kinds: [{ apiGroups: ['policy'], kinds: ['PodDisruptionBudget'] }],
    where: 'region',
    ...none,
  },
  {
    name: 'saturday-freeze',
    description: 'Nothing changes on Saturdays and on days with many weddings.',
    kinds: [
      { apiGroups: [''], kinds: ['ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'ResourceQuota', 'LimitRange'] },
      { apiGroups: ['apps'], kinds: ['Deployment', 'StatefulSet', 'DaemonSet'] },
      { apiGroups: ['batch'], kinds: ['Job', 'CronJob'] },
      { apiGroups: ['networking.k8s.io'], kinds: ['Ingress', 'NetworkPolicy'] },
      { apiGroups: ['policy'], kinds: ['PodDisruptionBudget'] },
      { apiGroups: ['autoscaling'], kinds: ['HorizontalPodAutoscaler'] },
      SCALE,
      { apiGroups: ['keda.sh'], kinds: ['ScaledObject', 'ScaledJob', 'TriggerAuthentication'] },
      { apiGroups: ['cert-manager.io'], kinds: ['Certificate', 'Issuer'] },
      { apiGroups: ['rbac.authorization.k8s.io'], kinds: ['Role', 'RoleBinding'] },
    ],
    where: 'region',
    schema: {
      zone: text("The time zone whose calendar counts, by the IANA database's name."),
      busyDays: texts('Dates (YYYY-MM-DD) that are kept as Saturdays are.'),
      exemptUsers: texts(
        'Users that keep the cluster running, by name; one that ends in * stands for all that begin so.',
      ),
      at: text('An instant (RFC 3339) to judge as of, instead of now; for suites.'),
    },
    parameters: ({ zone, busyDays, exemptUsers }) => ({ zone, busyDays, exemptUsers }),
  },
];
