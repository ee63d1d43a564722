/** A workload's place in the cluster. */
export interface Place {
  readonly namespace: string;
  readonly name: string;
}

/** The names under which a Service answers inside the cluster, the longest last. */
export function serviceNames({ namespace, name }: Place): string[] {
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
}

/** The full name of a Service. */
export function serviceName({ namespace, name }: Place): string {
  return `${name}.${namespace}.svc.cluster.local`;
}
