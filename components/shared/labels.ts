/** The recommended labels of Kubernetes for one instance of one application. */
export interface AppLabels extends Record<string, string> {
  readonly 'app.kubernetes.io/name': string;
  readonly 'app.kubernetes.io/instance': string;
}

/** The labels by which Services, budgets and policies select the Pods of one instance. */
export function selectorLabels(name: string, instance: string): AppLabels {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instance };
}

/** The selector labels and those that only people and tools read. */
export function objectLabels(name: string, instance: string): Record<string, string> {
  return {
    ...selectorLabels(name, instance),
    'app.kubernetes.io/part-of': 'wedsync',
    'app.kubernetes.io/managed-by': 'pulumi',
  };
}
