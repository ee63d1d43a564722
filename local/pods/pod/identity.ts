import { InvalidObjectError } from '../errors/invalid-object.ts';

/** Who a Pod is, from the day it is made. */
export interface PodIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Its loopback address. */
  readonly address: string;
  /** The workload it belongs to: `Deployment shop/web`. */
  readonly owner: string;
  /** Hash of the template it was made from. */
  readonly revision: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The value of a downward-API field. @throws InvalidObjectError for a field that is not known here */
export function fieldOf(pod: PodIdentity, path: string): string {
  const fields: Record<string, string> = {
    'metadata.name': pod.name,
    'metadata.namespace': pod.namespace,
    'metadata.uid': pod.uid,
    'status.podIP': pod.address,
    'status.podIPs': pod.address,
    'status.hostIP': '127.0.0.1',
    'spec.nodeName': 'local',
    'spec.serviceAccountName': 'default',
    'metadata.labels': keyValueLines(pod.labels),
    'metadata.annotations': keyValueLines(pod.annotations),
  };
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed) return pod[keyed[1] as 'labels' | 'annotations'][keyed[2] ?? ''] ?? '';
  const value = fields[path];
  if (value === undefined) {
    throw new InvalidObjectError(
      `Pod ${pod.namespace}/${pod.name}`,
      `fieldPath ${path} is not known here; known are ${Object.keys(fields).join(', ')}, metadata.labels['KEY'].`,
    );
  }
  return value;
}

function keyValueLines(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}
