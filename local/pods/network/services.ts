import type { PodEvent } from '../events.ts';
import { namespaceOf } from '../kubernetes/object.ts';
import type { ObjectStore } from '../kubernetes/store.ts';
import { isHeadless, type Service, type ServicePort } from '../kubernetes/workloads.ts';
import type { Pod } from '../pod/pod.ts';
import type { NotRun } from '../runnable.ts';
import type { AddressBook } from './address-book.ts';
import { Balancer } from './balancer.ts';
import { matches, serviceAddress } from './host-names.ts';
import { ServiceListener, tcpPorts } from './service-listener.ts';

/** The Services of a cluster: which Pods stand behind each, and the listeners of those that have an address. */
export class Services {
  readonly #store: ObjectStore;
  readonly #addresses: AddressBook;
  readonly #pods: () => readonly Pod[];
  readonly #event: (event: Omit<PodEvent, 'at'>) => void;
  readonly #listeners = new Map<string, ServiceListener>();

  constructor(
    store: ObjectStore,
    addresses: AddressBook,
    pods: () => readonly Pod[],
    event: (event: Omit<PodEvent, 'at'>) => void,
  ) {
    this.#store = store;
    this.#addresses = addresses;
    this.#pods = pods;
    this.#event = event;
  }

  /** Takes over the store's Services. */
  apply(): void {
    const balanced = this.all().filter((service) => !isHeadless(service) && service.spec.type !== 'ExternalName');
    const wanted = new Map(balanced.map((service) => [keyOf(service), service]));
    for (const [key, listener] of this.#listeners) {
      if (wanted.has(key)) continue;
      listener.close();
      this.#listeners.delete(key);
    }
    for (const [key, service] of wanted) {
      const listener = this.#listeners.get(key);
      if (listener) listener.service = service;
      else this.#listeners.set(key, this.#listener(service));
    }
  }

  /** Opens and closes listeners as Pods became ready or not. */
  sync(): void {
    for (const listener of this.#listeners.values()) listener.sync();
  }

  close(): void {
    for (const listener of this.#listeners.values()) listener.close();
    this.#listeners.clear();
  }

  /** Services whose ports cannot be opened on this machine. */
  unopened(): NotRun[] {
    return [...this.#listeners.values()].flatMap(({ service, problem }) => {
      if (problem === undefined) return [];
      const { name } = service.metadata;
      return [{ kind: 'Service', namespace: namespaceOf(service), name, reason: problem, blocking: false }];
    });
  }

  all(): Service[] {
    return this.#store.list<Service>('Service');
  }

  find(namespace: string, name: string): Service | undefined {
    return this.#store.find<Service>('Service', namespace, name);
  }

  /** The Pods that take a Service's connections now. */
  readyPods(service: Service): Pod[] {
    const { selector, publishNotReadyAddresses } = service.spec;
    if (!selector) return [];
    return this.#pods().filter(
      (pod) =>
        pod.identity.namespace === namespaceOf(service) &&
        matches(selector, pod.identity.labels) &&
        (pod.ready || (publishNotReadyAddresses === true && pod.phase === 'Running')),
    );
  }

  /** A balancer over the Pods of a Service, whatever its object becomes. */
  balancer(namespace: string, name: string): Balancer {
    return new Balancer(() => {
      const service = this.find(namespace, name);
      return service ? this.readyPods(service) : [];
    });
  }

  /** A Service's port by number or name. */
  port(service: Service, port: number | string): ServicePort | undefined {
    return tcpPorts(service).find((one) => one.port === port || one.name === port);
  }

  #listener(service: Service): ServiceListener {
    const namespace = namespaceOf(service);
    const { name } = service.metadata;
    const listener: ServiceListener = new ServiceListener(
      service,
      serviceAddress(this.#addresses, namespace, name),
      () => this.readyPods(listener.service),
      (message) => this.#event({ kind: 'network', namespace, name, message: `Service ${name}: ${message}` }),
    );
    return listener;
  }
}

const keyOf = (service: Service) => `${namespaceOf(service)}/${service.metadata.name}`;
