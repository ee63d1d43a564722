import { findImage, repositoryOf, type ImageCatalog } from './images.ts';
import type { KubernetesObject } from './kubernetes/object.ts';
import type { Container, PodSpec, PodTemplate } from './kubernetes/pod-spec.ts';
import { templateOf, type Service, type Workload } from './kubernetes/workloads.ts';
import { isWorkload } from './kubernetes/validate.ts';

/** An object, or a part of one, that does not run on this machine. */
export interface NotRun {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** In words. */
  readonly reason: string;
  /** Whether the cluster cannot be ready without it: nobody said that it may be left out. */
  readonly blocking: boolean;
}

export interface Runnable {
  /** With the containers left out that are not for this machine. */
  readonly workloads: readonly Workload[];
  readonly notRun: readonly NotRun[];
}

/** Kinds that shape the others, or whose effect here is to be there. */
const ACCEPTED: readonly string[] = [
  'ClusterIssuer', 'Certificate', 'Issuer', 'ConfigMap', 'Secret', 'Service', 'PersistentVolumeClaim', 'HorizontalPodAutoscaler',
  'Namespace', 'ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget', 'ResourceQuota', 'LimitRange', 'PriorityClass',
  'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'StorageClass',
]; // prettier-ignore

/** Accepted, but there is nobody on one machine to enforce them. */
const NOT_ENFORCED: readonly string[] = [
  'NetworkPolicy',
  'PodDisruptionBudget',
  'ResourceQuota',
  'LimitRange',
  'PriorityClass',
];

const VOLUME_KINDS: readonly string[] = [
  'name', 'configMap', 'secret', 'projected', 'downwardAPI', 'emptyDir', 'persistentVolumeClaim',
]; // prettier-ignore

/** Sorts objects into what runs here and what does not, with the reason; nothing is left out silently. */
export function findRunnable(objects: readonly KubernetesObject[], images: ImageCatalog): Runnable {
  const workloads: Workload[] = [];
  const notRun: NotRun[] = [];
  const leaveOut = (object: KubernetesObject, reason: string, blocking = false) => {
    const { name, namespace } = object.metadata;
    notRun.push({ kind: object.kind, namespace, name, reason, blocking });
  };
  for (const object of objects) {
    if (isWorkload(object)) {
      const obstacle = obstacleOf(templateOf(object).spec, images);
      if (obstacle) {
        leaveOut(object, obstacle.reason, obstacle.blocking);
        continue;
      }
      const [left, absent] = withoutUnavailable(object, images);
      for (const { name, reason } of absent) leaveOut(object, `the container ${name} is left out: ${reason}`);
      workloads.push(left);
    } else if (object.kind === 'Service') {
      const obstacle = serviceObstacle(object as Service);
      if (obstacle) leaveOut(object, obstacle);
    } else if (!ACCEPTED.includes(object.kind)) {
      leaveOut(object, `nothing on this machine runs ${object.apiVersion} ${object.kind}`);
    }
  }
  return { workloads, notRun };
}

/** What is accepted without being enforced, in words: `NetworkPolicy: 12 objects`. */
export function notEnforced(objects: readonly KubernetesObject[]): string[] {
  const counts = NOT_ENFORCED.map((kind) => [kind, objects.filter((object) => object.kind === kind).length] as const);
  const kinds = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${kind}: ${count} objects`);
  const runsPods = objects.some(isWorkload);
  return runsPods
    ? [...kinds, 'securityContext and resource limits: processes run as the user who starts them']
    : kinds;
}

function obstacleOf(spec: PodSpec, images: ImageCatalog): { reason: string; blocking: boolean } | undefined {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const unknown = containers.find(({ image }) => !findImage(images, image));
  if (unknown) {
    const known = Object.keys(images).sort().join(', ') || 'none';
    const reason =
      `image ${repositoryOf(unknown.image)} of container ${unknown.name} is not in this machine's catalogue ` +
      `(known: ${known}); add it there, or say why it is unavailable`;
    return { reason, blocking: true };
  }
  const volume = spec.volumes?.find((one) => Object.keys(one).some((key) => !VOLUME_KINDS.includes(key)));
  if (volume) {
    const kind = Object.keys(volume).find((key) => !VOLUME_KINDS.includes(key));
    return { reason: `volume ${volume.name} is a ${kind}, which this machine does not have`, blocking: true };
  }
  const needed = [...(spec.initContainers ?? []), ...(spec.containers.length === 1 ? spec.containers : [])];
  const missing = needed.find(({ image }) => reasonOf(images, image) !== undefined);
  if (missing) return { reason: reasonOf(images, missing.image) ?? '', blocking: false };
  if (spec.containers.every(({ image }) => reasonOf(images, image) !== undefined)) {
    return { reason: reasonOf(images, spec.containers[0]?.image ?? '') ?? '', blocking: false };
  }
  return undefined;
}

const reasonOf = (images: ImageCatalog, image: string) => findImage(images, image)?.unavailable;

function withoutUnavailable(workload: Workload, images: ImageCatalog): [Workload, { name: string; reason: string }[]] {
  const template = templateOf(workload);
  const absent = template.spec.containers.flatMap(({ name, image }: Container) => {
    const reason = reasonOf(images, image);
    return reason === undefined ? [] : [{ name, reason }];
  });
  if (absent.length === 0) return [workload, []];
  const containers = template.spec.containers.filter(({ image }) => reasonOf(images, image) === undefined);
  return [withTemplate(workload, { ...template, spec: { ...template.spec, containers } }), absent];
}

function withTemplate(workload: Workload, template: PodTemplate): Workload {
  if (workload.kind !== 'CronJob') return { ...workload, spec: { ...workload.spec, template } };
  const { jobTemplate } = workload.spec;
  const spec = { ...workload.spec, jobTemplate: { ...jobTemplate, spec: { ...jobTemplate.spec, template } } };
  return { ...workload, spec };
}

function serviceObstacle(service: Service): string | undefined {
  if (service.spec.type === 'ExternalName')
    return 'an ExternalName leads out of the cluster; this machine has no DNS for it';
  const udp = (service.spec.ports ?? []).filter(({ protocol }) => (protocol ?? 'TCP') !== 'TCP');
  if (udp.length === 0) return undefined;
  return `its port ${udp.map(({ port, protocol }) => `${port}/${protocol}`).join(', ')} is left out: only TCP is balanced here`;
}
