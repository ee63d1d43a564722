import { InvalidObjectError } from '../errors/invalid-object.ts';
import { describe, namespaceOf, type KubernetesObject } from './object.ts';
import type { PodTemplate } from './pod-spec.ts';
import { parseSchedule } from './schedule.ts';
import { templateOf, type Service, type Workload } from './workloads.ts';

const WORKLOADS: readonly string[] = ['Deployment', 'StatefulSet', 'Job', 'CronJob'];

/** Whether an object's Pods run on this machine. */
export function isWorkload(object: KubernetesObject): object is Workload {
  return WORKLOADS.includes(object.kind);
}

/**
 * Checks what the rest relies on, before anything is changed.
 * @throws InvalidObjectError that names the object, the field and what is expected
 */
export function validate(objects: readonly KubernetesObject[]): void {
  const seen = new Set<string>();
  for (const object of objects) {
    const name = (object.metadata as { name?: unknown } | undefined)?.name;
    if (typeof object.kind !== 'string' || typeof name !== 'string' || name === '') {
      throw new InvalidObjectError(
        `${object.kind ?? 'An object'}`,
        'kind and metadata.name must be non-empty strings.',
      );
    }
    const key = `${object.apiVersion} ${object.kind} ${namespaceOf(object)}/${name}`;
    if (seen.has(key))
      throw new InvalidObjectError(describe(object), 'is there twice; a name is unique in its namespace.');
    seen.add(key);
    if (isWorkload(object)) validateWorkload(object);
    if (object.kind === 'Service') validateService(object as Service);
  }
}

function validateWorkload(workload: Workload): void {
  const template: PodTemplate | undefined = (workload.spec as unknown) ? templateOf(workload) : undefined;
  const containers = template?.spec?.containers ?? [];
  if (containers.length === 0) {
    throw new InvalidObjectError(describe(workload), 'its Pod template has no containers; at least one is needed.');
  }
  const all = [...(template?.spec?.initContainers ?? []), ...containers];
  for (const container of all) {
    if (!container.name || !container.image) {
      throw new InvalidObjectError(describe(workload), 'each container needs a name and an image.');
    }
  }
  if (workload.kind === 'CronJob') parseSchedule(workload);
  if (new Set(all.map(({ name }) => name)).size < all.length) {
    throw new InvalidObjectError(describe(workload), 'two of its containers have the same name.');
  }
}

function validateService(service: Service): void {
  for (const { port } of service.spec.ports ?? []) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new InvalidObjectError(describe(service), `port ${port} is not a number from 1 to 65535.`);
    }
  }
}
