import { namespaceOf } from '../kubernetes/object.ts';
import type { ObjectStore } from '../kubernetes/store.ts';
import type { Deployment, HorizontalPodAutoscaler, StatefulSet } from '../kubernetes/workloads.ts';
import type { PodSlots } from '../network/host-names.ts';
import type { NotRun } from '../runnable.ts';
import { mostPods, replicasOf, type Replicas } from './replicas.ts';

/** How many Pods each workload of a cluster has, as its objects and this machine's limit say. */
export class Scale implements PodSlots {
  readonly #store: ObjectStore;
  readonly #maximum: number;

  /** @param maximum how many Pods of a Deployment this machine runs at most */
  constructor(store: ObjectStore, maximum: number) {
    this.#store = store;
    this.#maximum = maximum;
  }

  replicas(deployment: Deployment): Replicas {
    const autoscalers = this.#store.list<HorizontalPodAutoscaler>('HorizontalPodAutoscaler');
    return replicasOf(deployment, autoscalers, this.#maximum);
  }

  slots(deployment: Deployment): number {
    return mostPods(deployment, this.replicas(deployment).run);
  }

  ordinals(set: StatefulSet): number {
    return set.spec.replicas ?? 1;
  }

  /** Deployments that run with fewer replicas here than they should. */
  limited(): NotRun[] {
    return this.#store.list<Deployment>('Deployment').flatMap((deployment) => {
      const { wanted, run } = this.replicas(deployment);
      if (run >= wanted) return [];
      const { name } = deployment.metadata;
      const reason = `${wanted} replicas wanted, ${run} run on this machine`;
      return [{ kind: 'Deployment', namespace: namespaceOf(deployment), name, reason, blocking: false }];
    });
  }
}
