import { randomBytes } from 'node:crypto';
import { specHash } from '../kubernetes/hash.ts';
import { describe, namespaceOf } from '../kubernetes/object.ts';
import type { Deployment } from '../kubernetes/workloads.ts';
import { deploymentPodAddress } from '../network/host-names.ts';
import type { Pod } from '../pod/pod.ts';
import { Availability } from './availability.ts';
import type { Controller, ControllerContext } from './controller.ts';
import { rolloutTarget } from './replicas.ts';
import { planRollout } from './rollout.ts';

/** Keeps a Deployment's Pods: so many, all of the present template, replaced a few at a time. */
export class DeploymentController implements Controller<Deployment> {
  readonly #context: ControllerContext;
  readonly #availability: Availability;
  readonly #replicasOf: (deployment: Deployment) => number;
  #revision: string;
  #deployment: Deployment;
  #closed = false;

  /** @param replicasOf how many Pods of a Deployment run here */
  constructor(deployment: Deployment, replicasOf: (deployment: Deployment) => number, context: ControllerContext) {
    this.#deployment = deployment;
    this.#revision = specHash(deployment.spec.template);
    this.#replicasOf = replicasOf;
    this.#context = context;
    this.#availability = new Availability(context.runtime.changed);
  }

  update(deployment: Deployment): void {
    this.#deployment = deployment;
    this.#revision = specHash(deployment.spec.template);
  }

  step(): void {
    if (this.#closed) return;
    const pods = this.pods();
    for (const pod of pods) if (pod.finished) void this.#context.pods.stop(pod);
    const plan = planRollout(
      pods.map((pod) => ({
        name: pod.identity.name,
        current: pod.identity.revision === this.#revision,
        ready: pod.ready,
        available: this.#isAvailable(pod),
        terminating: pod.phase === 'Terminating' || pod.finished,
      })),
      rolloutTarget(this.#deployment, this.#replicas),
    );
    for (const name of plan.remove) {
      const pod = this.#context.pods.find(namespaceOf(this.#deployment), name);
      if (pod) void this.#context.pods.stop(pod);
    }
    for (let count = 0; count < plan.create; count++) this.#start();
  }

  close(): void {
    this.#closed = true;
    this.#availability.close();
  }

  unready(): string[] {
    const { name } = this.#deployment.metadata;
    const pods = this.pods();
    const current = pods.filter((pod) => pod.identity.revision === this.#revision);
    const available = current.filter((pod) => this.#isAvailable(pod));
    if (available.length >= this.#replicas && pods.length === this.#replicas) return [];
    const old = pods.length - current.length;
    const replacing = old > 0 ? `, ${old} of an earlier template still there` : '';
    return [`Deployment ${name}: ${available.length} of ${this.#replicas} Pods are ready${replacing}`];
  }

  get #replicas(): number {
    return this.#replicasOf(this.#deployment);
  }

  pods(): Pod[] {
    return this.#context.pods.ownedBy(describe(this.#deployment));
  }

  #isAvailable(pod: Pod): boolean {
    return this.#availability.has(pod, this.#deployment.spec.minReadySeconds);
  }

  #start(): void {
    const { template } = this.#deployment.spec;
    const { name } = this.#deployment.metadata;
    const namespace = namespaceOf(this.#deployment);
    this.#context.pods.start(this.#deployment, {
      name: `${name}-${this.#revision}-${randomBytes(3).toString('hex').slice(0, 5)}`,
      address: this.#freeAddress(namespace, name),
      revision: this.#revision,
      template,
      labels: { 'pod-template-hash': this.#revision },
    });
  }

  /** The lowest address of this Deployment's that no Pod has, so that few are ever used and certificates can name them. */
  #freeAddress(namespace: string, name: string): string {
    const taken = new Set(this.pods().map((pod) => pod.address));
    for (let slot = 0; ; slot++) {
      const address = deploymentPodAddress(this.#context.addresses, namespace, name, slot);
      if (!taken.has(address)) return address;
    }
  }
}
