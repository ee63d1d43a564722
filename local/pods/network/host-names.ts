import { namespaceOf } from '../kubernetes/object.ts';
import type { ObjectStore } from '../kubernetes/store.ts';
import { isHeadless, type Deployment, type Service, type StatefulSet } from '../kubernetes/workloads.ts';
import type { AddressBook } from './address-book.ts';

/** A name of the cluster's DNS without its domain: `redis` or `redis-0.redis`, and what it stands for. */
export interface HostName {
  readonly host: string;
  readonly namespace: string;
  /** The address the name resolves to. */
  readonly address: string;
  /** Addresses of the Pods behind a Service, for its certificate; empty for a Pod's own name. */
  readonly behind: readonly string[];
}

/** How many Pods a workload may have at once here: a rolling update briefly has more than the replicas. */
export interface PodSlots {
  ordinals(set: StatefulSet): number;
  slots(deployment: Deployment): number;
}

export const statefulPodAddress = (book: AddressBook, namespace: string, pod: string): string =>
  book.address('statefulPod', `${namespace}/${pod}`);

export const deploymentPodAddress = (book: AddressBook, namespace: string, deployment: string, slot: number): string =>
  book.address('pod', `${namespace}/${deployment}#${slot}`);

export const serviceAddress = (book: AddressBook, namespace: string, service: string): string =>
  book.address('service', `${namespace}/${service}`);

/** Every name that the cluster's DNS would know, with its address on this machine. */
export function hostNames(store: ObjectStore, book: AddressBook, pods: PodSlots): HostName[] {
  const ordinals = (set: StatefulSet) =>
    Array.from({ length: pods.ordinals(set) }, (_, ordinal) => `${set.metadata.name}-${ordinal}`);

  const stateful = store.list<StatefulSet>('StatefulSet').flatMap((set) =>
    ordinals(set).map((pod) => ({
      host: `${pod}.${set.spec.serviceName ?? set.metadata.name}`,
      namespace: namespaceOf(set),
      address: statefulPodAddress(book, namespaceOf(set), pod),
      behind: [],
    })),
  );

  const services = store
    .list<Service>('Service')
    .filter(hasAddress)
    .flatMap((service) => {
      const namespace = namespaceOf(service);
      const { name } = service.metadata;
      const behind = [
        ...selected(store.list<StatefulSet>('StatefulSet'), service).flatMap((set) =>
          ordinals(set).map((pod) => statefulPodAddress(book, namespace, pod)),
        ),
        ...selected(store.list<Deployment>('Deployment'), service).flatMap((deployment) =>
          Array.from({ length: pods.slots(deployment) }, (_, slot) =>
            deploymentPodAddress(book, namespace, deployment.metadata.name, slot),
          ),
        ),
      ];
      // A headless name resolves to all Pods in a real cluster; here, where it becomes one address, to the first.
      const address = isHeadless(service) ? behind[0] : serviceAddress(book, namespace, name);
      return address === undefined ? [] : [{ host: name, namespace, address, behind }];
    });

  return [...stateful, ...services];
}

/** An ExternalName is an alias of a name outside the cluster. */
const hasAddress = (service: Service) => service.spec.type !== 'ExternalName';

function selected<W extends StatefulSet | Deployment>(workloads: readonly W[], service: Service): W[] {
  const selector = service.spec.selector;
  if (!selector) return [];
  return workloads.filter(
    (workload) =>
      namespaceOf(workload) === namespaceOf(service) && matches(selector, workload.spec.template.metadata?.labels),
  );
}

/** Whether labels carry everything that a selector asks for. */
export function matches(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels?.[key] === value);
}
