import { resolve } from 'node:path';
import { CertificateKeeper } from './certificate-keeper.ts';
import { Controllers } from './controllers/controllers.ts';
import { Scale } from './controllers/scale.ts';
import { StoredJobMemory } from './controllers/job-memory.ts';
import { ClusterStoppedError } from './errors/cluster-stopped.ts';
import { InvalidObjectError } from './errors/invalid-object.ts';
import type { PodEvent } from './events.ts';
import { systemClock, type Clock } from './house/clock.ts';
import { House } from './house/house.ts';
import type { ImageCatalog } from './images.ts';
import type { KubernetesObject } from './kubernetes/object.ts';
import { ObjectStore } from './kubernetes/store.ts';
import { validate } from './kubernetes/validate.ts';
import { AddressBook } from './network/address-book.ts';
import type { Edge } from './network/edge.ts';
import { Edges, type ExposeOptions } from './network/edges.ts';
import { serviceAddress } from './network/host-names.ts';
import { Naming } from './network/naming.ts';
import { Services } from './network/services.ts';
import { Pods } from './pod/pods.ts';
import type { PodRuntime } from './pod/runtime.ts';
import { whenReady, type ReadyOptions } from './readiness.ts';
import { findRunnable, notEnforced, type NotRun } from './runnable.ts';
import { jobStatuses, podStatuses, serviceStatuses, type ClusterStatus } from './status.ts';

export interface LocalClusterOptions {
  /** Holds everything of this cluster: volumes, logs, addresses, certificates. One run a folder at a time. */
  readonly dataDir: string;
  readonly images: ImageCatalog;
  /** How many Pods of a Deployment this machine runs at most; as many as the objects ask for unless given. */
  readonly replicas?: { readonly maximum: number };
  readonly onEvent?: (event: PodEvent) => void;
  /** The time of day for CronJobs and certificates. */
  readonly clock?: Clock;
  /** Stops the cluster, at any stage of its life, when it aborts. */
  readonly signal?: AbortSignal;
}

/** How long a stop may take when the cluster stops because something broke. */
const FAILURE_GRACE_MS = 3_000;

/** The Pods of a Kubernetes object graph as processes of this machine. */
export class LocalCluster {
  readonly #house: House;
  readonly #addresses: AddressBook;
  readonly #options: LocalClusterOptions;
  readonly #clock: Clock;
  readonly #store = new ObjectStore();
  readonly #naming = new Naming();
  readonly #scale: Scale;
  readonly #certificates: CertificateKeeper;
  readonly #pods: Pods;
  readonly #services: Services;
  readonly #controllers: Controllers;
  readonly #edges: Edges;
  readonly #waiters = new Set<() => void>();
  readonly #ending = new AbortController();
  #notRun: readonly NotRun[] = [];
  #applying: Promise<unknown> = Promise.resolve();
  #stepDue = false;
  #failure: Error | undefined;
  #stopped: Promise<void> | undefined;

  private constructor(house: House, addresses: AddressBook, options: LocalClusterOptions) {
    this.#house = house;
    this.#addresses = addresses;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const runtime: PodRuntime = {
      data: house.data,
      secretsFolder: house.secretsFolder,
      store: this.#store,
      launcher: house.launcher,
      logs: house.logs,
      images: options.images,
      names: (namespace) => this.#naming.rewriteFor(namespace),
      changed: () => this.#changed(),
      event: (event) => this.#event(event),
    };
    this.#scale = new Scale(this.#store, options.replicas?.maximum ?? Infinity);
    this.#certificates = new CertificateKeeper(house.data, this.#store, this.#clock, runtime.event, () =>
      this.#renew(),
    );
    this.#pods = new Pods(runtime);
    this.#services = new Services(this.#store, addresses, () => this.#pods.all(), runtime.event);
    this.#edges = new Edges(this.#services, runtime.event);
    this.#controllers = new Controllers({
      context: { pods: this.#pods, addresses, runtime },
      clock: this.#clock,
      memory: new StoredJobMemory(house.data),
      scale: this.#scale,
    });
  }

  /**
   * Takes the data folder and its addresses, and ends what an earlier, killed run left there.
   * @throws DataFolderBusyError, AddressBlockTakenError, NoAddressFreeError, DiskFullError
   */
  static async open(options: LocalClusterOptions): Promise<LocalCluster> {
    options.signal?.throwIfAborted();
    const opened: { cluster?: LocalCluster } = {};
    const house = await House.enter(resolve(options.dataDir), (error) => {
      if (opened.cluster) opened.cluster.#fail(error);
    });
    try {
      house.logs.prune(new Date());
      const cluster = new LocalCluster(house, await AddressBook.open(house.data), options);
      opened.cluster = cluster;
      for (const pid of house.swept) {
        cluster.#event({
          kind: 'swept',
          namespace: '',
          name: `${pid}`,
          message: `process ${pid} of an earlier run ended`,
        });
      }
      options.signal?.addEventListener('abort', () => void cluster.stop(), { once: true });
      if (options.signal?.aborted) await cluster.stop();
      options.signal?.throwIfAborted();
      return cluster;
    } catch (error) {
      if (!opened.cluster) await house.leave();
      throw error;
    }
  }

  /**
   * Makes the cluster consist of exactly these objects: what changed is replaced step by step, what is gone is removed.
   * Resolves when the work has begun; `whenReady` tells when it is done.
   * @throws InvalidObjectError before anything has changed
   */
  apply(objects: readonly KubernetesObject[]): Promise<void> {
    const applied = this.#applying.then(() => this.#apply(objects));
    this.#applying = applied.catch(() => undefined);
    return applied;
  }

  /**
   * Resolves when every Deployment and StatefulSet is ready and every Job complete.
   * @throws NotReadyError which says what is missing: after `timeoutMs`, or at once when a Job has failed or an image is
   * not known, as waiting would not help
   */
  async whenReady(options: ReadyOptions = {}): Promise<void> {
    await this.#applying;
    await whenReady(options, {
      failure: () => this.#failure ?? (this.#ending.signal.aborted ? new ClusterStoppedError() : undefined),
      controllers: this.#controllers,
      pods: this.#pods,
      notRun: () => [...this.#notRun, ...this.#certificates.pending, ...this.#services.unopened()],
      logs: this.#house.logs,
      onChange: (listener) => {
        this.#waiters.add(listener);
        return () => this.#waiters.delete(listener);
      },
    });
  }

  status(): ClusterStatus {
    return {
      pods: podStatuses(this.#pods),
      services: serviceStatuses(this.#services, this.#addresses),
      jobs: jobStatuses(this.#controllers),
      notRun: [...this.#notRun, ...this.#certificates.pending, ...this.#services.unopened(), ...this.#scale.limited()],
      notEnforced: notEnforced(this.#store.all()),
    };
  }

  /** The loopback address of a Service. @throws InvalidObjectError when there is no such Service */
  serviceAddress(namespace: string, name: string): string {
    if (!this.#services.find(namespace, name)) {
      throw new InvalidObjectError(`Service ${namespace}/${name}`, 'is not among the objects of this cluster.');
    }
    return serviceAddress(this.#addresses, namespace, name);
  }

  /** A value of a Secret or ConfigMap as a Pod would see it, or undefined when there is none. */
  read(kind: 'ConfigMap' | 'Secret', namespace: string, name: string, key: string): string | undefined {
    return this.#store.entries(kind, namespace, name)?.get(key)?.toString();
  }

  /** The last lines that a Pod wrote. */
  podLog(namespace: string, name: string, lines = 20): string[] {
    return this.#house.logs.tail(namespace, name, lines);
  }

  /**
   * Opens a port of this machine that leads to a Service.
   * @throws PortTakenError when another program has the port
   * @throws InvalidObjectError when there is no such Service or port
   */
  expose(options: ExposeOptions): Promise<Edge> {
    return this.#edges.open(options);
  }

  /**
   * Stops everything, all Pods at the same time, and leaves no process. A Pod's preStop hooks are not run: they hand its
   * work to other Pods, of which none will be left.
   * @param options.graceMs the longest that any Pod gets between SIGTERM and SIGKILL; its own grace period unless given
   */
  stop(options: { readonly graceMs?: number } = {}): Promise<void> {
    const graceMs = options.graceMs ?? Infinity;
    this.#stopped ??= this.#shutDown(graceMs);
    // A second, more impatient stop shortens the first one's grace.
    for (const pod of this.#pods.all()) void pod.stop({ graceMs, hooks: false });
    return this.#stopped;
  }

  async #apply(objects: readonly KubernetesObject[]): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#ending.signal.aborted) throw new ClusterStoppedError();
    validate(objects);
    this.#store.declare(objects);
    this.#naming.update(this.#store, this.#addresses, this.#scale);
    const { workloads, notRun } = findRunnable(objects, this.#options.images);
    await this.#certificates.issue(this.#naming.hosts());
    if (this.#ending.signal.aborted) throw this.#failure ?? new ClusterStoppedError();
    this.#notRun = notRun;
    this.#services.apply();
    this.#controllers.apply(workloads);
    this.#objectsChanged();
  }

  /** Renews certificates whose time has come. */
  #renew(): void {
    this.#applying = this.#applying
      .then(() => this.#certificates.issue(this.#naming.hosts()))
      .then(() => this.#objectsChanged())
      .catch((error: unknown) => this.#fail(error as Error));
  }

  #objectsChanged(): void {
    for (const pod of this.#pods.all()) pod.objectsChanged();
    this.#changed();
  }

  /** Has the controllers look again, once for all changes of this turn of the event loop. */
  #changed(): void {
    if (this.#stepDue) return;
    this.#stepDue = true;
    setImmediate(() => {
      this.#stepDue = false;
      try {
        if (!this.#ending.signal.aborted) {
          this.#services.sync();
          this.#controllers.step();
        }
      } catch (error) {
        this.#fail(error as Error);
      }
      for (const waiter of [...this.#waiters]) waiter();
    });
  }

  #event(event: Omit<PodEvent, 'at'>): void {
    this.#options.onEvent?.({ at: new Date(), ...event });
  }

  /** Something without which nothing can go on broke: stops everything, and says why to whoever waits. */
  #fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#event({ kind: 'failed', namespace: '', name: 'cluster', message: error.message });
    void this.stop({ graceMs: FAILURE_GRACE_MS });
  }

  async #shutDown(graceMs: number): Promise<void> {
    this.#ending.abort();
    this.#certificates.close();
    this.#controllers.close();
    this.#services.close();
    this.#changed();
    await this.#edges.close();
    await Promise.all(this.#pods.all().map((pod) => this.#pods.stop(pod, { graceMs, hooks: false })));
    await this.#applying;
    await this.#house.leave();
    await this.#addresses.release();
  }
}
