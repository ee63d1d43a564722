import type { ApiObject } from '../api/objects.ts';
import type { Selector } from '../nodes/pods.ts';
import { objectsOf, type StackContext } from './context.ts';

/** How Pods are spread over machines or zones. */
interface TopologySpread {
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
}

/** A Deployment or a StatefulSet as far as it is looked at here. */
export interface Workload extends ApiObject {
  readonly metadata: ApiObject['metadata'] & { readonly namespace: string };
  readonly spec: {
    readonly replicas?: number;
    readonly selector: { readonly matchLabels: Selector };
    readonly template: {
      readonly metadata?: {
        readonly annotations?: Readonly<Record<string, string>>;
        readonly [member: string]: unknown;
      };
      readonly spec: { readonly topologySpreadConstraints?: readonly TopologySpread[] };
    };
  };
}

/** The engine's Deployment. */
export function engineOf(context: StackContext): Workload {
  const [engine] = objectsOf<Workload>(context, 'Deployment', 'every service').filter(
    ({ metadata }) => metadata.name === 'cache-engine',
  );
  if (engine === undefined) throw new Error(`${context.stack} makes no Deployment cache-engine.`);
  return engine;
}

/** The shards of both Redis clusters, each a StatefulSet of a master and its replica. */
export function shardsOf(context: StackContext): Workload[] {
  return objectsOf<Workload>(context, 'StatefulSet', 'every service').filter(
    ({ spec }) => spec.selector.matchLabels['app.kubernetes.io/name'] === 'redis',
  );
}

/** Another version of the workload, by which its Pods are replaced. */
export function nextVersion<T extends Workload>(workload: T): T {
  const { template } = workload.spec;
  const annotations = { ...template.metadata?.annotations, 'wedsync.io/tested-version': 'next' };
  return {
    ...workload,
    spec: { ...workload.spec, template: { ...template, metadata: { ...template.metadata, annotations } } },
  };
}
