import type { Field } from '../values/field.ts';
import type { KubernetesObject } from './object.ts';

/** A Pod, or the template from which a workload makes its Pods. */
export interface PodTemplate {
  readonly metadata: Field;
  readonly spec: Field;
}

/** One container of a Pod. */
export interface Container {
  /** The list of the Pod's spec in which it stands: only those of `containers` run side by side. */
  readonly list: (typeof CONTAINER_LISTS)[number][0];
  /** For messages: `container engine`, `init container wait`. */
  readonly title: string;
  readonly fields: Field;
}

const USUAL_TEMPLATE = ['spec', 'template'] as const;
const TEMPLATE_OF: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  Deployment: USUAL_TEMPLATE,
  StatefulSet: USUAL_TEMPLATE,
  DaemonSet: USUAL_TEMPLATE,
  ReplicaSet: USUAL_TEMPLATE,
  ReplicationController: USUAL_TEMPLATE,
  Job: USUAL_TEMPLATE,
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const CONTAINER_LISTS = [
  ['containers', 'container'],
  ['initContainers', 'init container'],
  ['ephemeralContainers', 'ephemeral container'],
] as const;

/** The Pods that an object is or makes; `undefined` for objects that make none. */
export function podOf({ kind, fields }: KubernetesObject): PodTemplate | undefined {
  const template = fields.at(...(TEMPLATE_OF[kind] ?? USUAL_TEMPLATE));
  // A kind of somebody else's (a Rollout, a ScaledJob) makes Pods if it has containers where workloads have them.
  if (!(kind in TEMPLATE_OF) && template.at('spec', 'containers').items().length === 0) return undefined;
  return { metadata: template.at('metadata'), spec: template.at('spec') };
}

/** All containers of a Pod, those that run once or are added for debugging too. */
export function containersOf({ spec }: PodTemplate): Container[] {
  return CONTAINER_LISTS.flatMap(([list, role]) =>
    spec
      .at(list)
      .items()
      .map((fields, index) => ({ list, title: `${role} ${fields.at('name').text ?? index}`, fields })),
  );
}

const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

/** What the kubelet asks of a container or runs in it: its probes, and its hooks at start and stop. */
export function handlersOf({ fields }: Container): Field[] {
  return HANDLERS.map((path) => fields.at(...path)).filter((handler) => handler.isSet);
}
