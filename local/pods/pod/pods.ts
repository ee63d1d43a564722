import { randomUUID } from 'node:crypto';
import { describe, namespaceOf } from '../kubernetes/object.ts';
import type { PodTemplate } from '../kubernetes/pod-spec.ts';
import type { Workload } from '../kubernetes/workloads.ts';
import type { PodIdentity } from './identity.ts';
import { Pod, type PodOptions } from './pod.ts';
import type { StopOptions } from './running-container.ts';
import type { PodRuntime } from './runtime.ts';

export interface NewPod extends PodOptions {
  readonly name: string;
  readonly address: string;
  readonly revision: string;
  readonly template: PodTemplate;
  /** Labels that the workload adds to its template's. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** All Pods there are, from their start until no process of theirs is left. */
export class Pods {
  readonly #pods = new Map<string, Pod>();
  readonly #runtime: PodRuntime;

  constructor(runtime: PodRuntime) {
    this.#runtime = runtime;
  }

  all(): Pod[] {
    return [...this.#pods.values()];
  }

  /** @param owner a workload's `describe`d name */
  ownedBy(owner: string): Pod[] {
    return this.all().filter((pod) => pod.identity.owner === owner);
  }

  find(namespace: string, name: string): Pod | undefined {
    return this.#pods.get(`${namespace}/${name}`);
  }

  start(owner: Workload, pod: NewPod): Pod {
    const namespace = namespaceOf(owner);
    const { template } = pod;
    const identity: PodIdentity = {
      namespace,
      name: pod.name,
      uid: randomUUID(),
      address: pod.address,
      owner: describe(owner),
      revision: pod.revision,
      labels: { ...template.metadata?.labels, ...pod.labels },
      annotations: { ...template.metadata?.annotations },
    };
    const started = new Pod(identity, template.spec, pod, this.#runtime);
    this.#pods.set(`${namespace}/${pod.name}`, started);
    this.#runtime.changed();
    return started;
  }

  /** Stops a Pod and forgets it when nothing of it is left. */
  async stop(pod: Pod, options: Partial<StopOptions> = {}): Promise<void> {
    await pod.stop(options);
    const { namespace, name } = pod.identity;
    if (this.#pods.delete(`${namespace}/${name}`)) {
      this.#runtime.event({ kind: 'stopped', namespace, name, message: 'stopped' });
      this.#runtime.changed();
    }
  }
}
