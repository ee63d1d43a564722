import type { KubernetesObject } from '../kubernetes/object.ts';
import type { AddressBook } from '../network/address-book.ts';
import type { PodRuntime } from '../pod/runtime.ts';
import type { Pod } from '../pod/pod.ts';
import type { Pods } from '../pod/pods.ts';

/** What a workload's controller works with. */
export interface ControllerContext {
  readonly pods: Pods;
  readonly addresses: AddressBook;
  readonly runtime: PodRuntime;
}

/**
 * Keeps one workload's Pods as its object says. `step` looks at what there is and does what can be done now; it is
 * called after every change, and does nothing when there is nothing to do.
 */
export interface Controller<T extends KubernetesObject = KubernetesObject> {
  /** The object changed, or is the same as before. */
  update(object: T): void;
  step(): void;
  /** The Pods it keeps. */
  pods(): Pod[];
  /** Keeps nothing any more; what becomes of its Pods is for others to say. */
  close(): void;
  /** What is not as the object says, in words; empty when all is. */
  unready(): string[];
}
