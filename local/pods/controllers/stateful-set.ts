import { specHash } from '../kubernetes/hash.ts';
import { describe, namespaceOf } from '../kubernetes/object.ts';
import type { StatefulSet } from '../kubernetes/workloads.ts';
import { statefulPodAddress } from '../network/host-names.ts';
import type { Pod } from '../pod/pod.ts';
import { Availability } from './availability.ts';
import type { Controller, ControllerContext } from './controller.ts';
import { planStatefulSet } from './stateful-plan.ts';

/** Keeps a StatefulSet's Pods, whose names, addresses and volumes stay. */
export class StatefulSetController implements Controller<StatefulSet> {
  readonly #context: ControllerContext;
  readonly #availability: Availability;
  #revision: string;
  #set: StatefulSet;
  #closed = false;

  constructor(set: StatefulSet, context: ControllerContext) {
    this.#set = set;
    this.#revision = specHash(set.spec.template);
    this.#context = context;
    this.#availability = new Availability(context.runtime.changed);
  }

  update(set: StatefulSet): void {
    this.#set = set;
    this.#revision = specHash(set.spec.template);
  }

  step(): void {
    if (this.#closed) return;
    for (const pod of this.pods()) if (pod.finished) void this.#context.pods.stop(pod);
    const pods = this.#byOrdinal();
    const { updateStrategy, podManagementPolicy } = this.#set.spec;
    const plan = planStatefulSet(
      pods.map(
        (pod) =>
          pod && {
            current: pod.identity.revision === this.#revision,
            available: this.#isAvailable(pod),
            terminating: pod.phase === 'Terminating' || pod.finished,
          },
      ),
      {
        replicas: this.#replicas,
        parallel: podManagementPolicy === 'Parallel',
        partition: updateStrategy?.rollingUpdate?.partition ?? 0,
        replace: updateStrategy?.type !== 'OnDelete',
      },
    );
    for (const ordinal of plan.remove) {
      const pod = pods[ordinal];
      if (pod) void this.#context.pods.stop(pod);
    }
    for (const ordinal of plan.create) this.#start(ordinal);
  }

  close(): void {
    this.#closed = true;
    this.#availability.close();
  }

  unready(): string[] {
    const pods = this.#byOrdinal();
    const partition = this.#set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    const replaces = this.#set.spec.updateStrategy?.type !== 'OnDelete';
    const done = pods.filter(
      (pod, ordinal) =>
        pod && this.#isAvailable(pod) && (pod.identity.revision === this.#revision || ordinal < partition || !replaces),
    );
    if (done.length === this.#replicas && pods.length === this.#replicas) return [];
    return [`StatefulSet ${this.#set.metadata.name}: ${done.length} of ${this.#replicas} Pods are ready`];
  }

  get #replicas(): number {
    return this.#set.spec.replicas ?? 1;
  }

  pods(): Pod[] {
    return this.#context.pods.ownedBy(describe(this.#set));
  }

  #byOrdinal(): (Pod | undefined)[] {
    const pods = new Map(this.pods().map((pod) => [pod.identity.name, pod]));
    const prefix = `${this.#set.metadata.name}-`;
    const highest = Math.max(-1, ...[...pods.keys()].map((name) => Number(name.slice(prefix.length))));
    const length = Math.max(this.#replicas, highest + 1);
    return Array.from({ length }, (_, ordinal) => pods.get(`${prefix}${ordinal}`));
  }

  #isAvailable(pod: Pod): boolean {
    return this.#availability.has(pod, this.#set.spec.minReadySeconds);
  }

  #start(ordinal: number): void {
    const namespace = namespaceOf(this.#set);
    const name = `${this.#set.metadata.name}-${ordinal}`;
    this.#context.pods.start(this.#set, {
      name,
      address: statefulPodAddress(this.#context.addresses, namespace, name),
      revision: this.#revision,
      template: this.#set.spec.template,
      labels: { 'apps.kubernetes.io/pod-index': `${ordinal}`, 'statefulset.kubernetes.io/pod-name': name },
      claims: (this.#set.spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata.name),
    });
  }
}
