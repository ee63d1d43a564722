import { DiskFullError } from '../errors/disk-full.ts';
import { NotThereYetError } from '../errors/not-there-yet.ts';
import type { Container, PodSpec } from '../kubernetes/pod-spec.ts';
import type { Endpoint } from '../network/balancer.ts';
import { portNumber } from './action.ts';
import type { PodIdentity } from './identity.ts';
import { folderOfPod, secretsOf, writeMountedFiles } from './mounts.ts';
import { prepareContainer, type PreparedContainer } from './prepare.ts';
import { RunningContainer, type RestartPolicy, type StopOptions } from './running-container.ts';
import type { PodRuntime } from './runtime.ts';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Terminating';

/** What a workload gives a Pod besides its template. */
export interface PodOptions {
  /** Names of the workload's volumeClaimTemplates. */
  readonly claims?: readonly string[];
  /** Asked before each restart of a container. */
  readonly mayRestart?: () => boolean;
}

const DEFAULT_GRACE_SECONDS = 30;

/** A Pod: its containers as processes, from waiting for what it refers to, to the removal of its folder. */
export class Pod implements Endpoint {
  readonly identity: PodIdentity;
  readonly spec: PodSpec;
  readonly #options: PodOptions;
  readonly #runtime: PodRuntime;
  readonly #ending = new AbortController();
  readonly #ended: Promise<void>;
  #retry: () => void = () => undefined;
  #containers: RunningContainer[] = [];
  #stopped: Promise<void> | undefined;
  #reason = 'is starting';
  #problem: string | undefined;
  phase: PodPhase = 'Pending';

  /** Starts the Pod at once. */
  constructor(identity: PodIdentity, spec: PodSpec, options: PodOptions, runtime: PodRuntime) {
    this.identity = identity;
    this.spec = spec;
    this.#options = options;
    this.#runtime = runtime;
    this.#ended = this.#run();
  }

  get pod(): string {
    return this.identity.name;
  }

  get address(): string {
    return this.identity.address;
  }

  get ready(): boolean {
    return this.phase === 'Running' && this.#containers.every(({ ready }) => ready);
  }

  /** Since when, on `performance.now()`'s scale, it has been ready without a break; undefined when it is not ready. */
  get readySince(): number | undefined {
    return this.ready ? Math.max(...this.#containers.map(({ readySince }) => readySince ?? 0)) : undefined;
  }

  /** Whether it has ended by itself, as a Job's Pod does. */
  get finished(): boolean {
    return this.phase === 'Succeeded' || this.phase === 'Failed';
  }

  get containers(): readonly RunningContainer[] {
    return this.#containers;
  }

  get graceMs(): number {
    return (this.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000;
  }

  /** Why it is not ready; undefined when it is. */
  get reason(): string | undefined {
    if (this.ready) return undefined;
    if (this.#problem !== undefined) return this.#problem;
    return this.#containers.find(({ ready }) => !ready)?.reason ?? this.#reason;
  }

  port(target: number | string): number | undefined {
    if (typeof target === 'number') return target;
    const ports = this.spec.containers.map((spec) => portNumber({ spec }, target));
    return ports.find((port) => port !== undefined);
  }

  /** Looks again for what was missing, and renews the files of mounted ConfigMaps and Secrets. */
  objectsChanged(): void {
    this.#retry();
    for (const { prepared } of this.#containers) {
      const renewable = prepared.mounts.filter((mount) => mount.renewable);
      try {
        writeMountedFiles(renewable, this.identity, prepared.rewrite, this.#runtime, prepared.written);
      } catch (error) {
        if (error instanceof DiskFullError) throw error;
        this.#wait((error as Error).message); // what is mounted stays as it is, as in Kubernetes
      }
    }
  }

  /** Stops it, within its own grace period or the shorter one given. Resolves when no process of it is left. */
  stop(options: Partial<StopOptions> = {}): Promise<void> {
    const graceMs = Math.min(this.graceMs, options.graceMs ?? Infinity);
    const stopOptions = { graceMs, hooks: options.hooks ?? true };
    if (!this.finished && this.phase !== 'Terminating') {
      this.phase = 'Terminating';
      this.#runtime.changed(); // leaves its Services before anything else
    }
    this.#ending.abort();
    this.#retry();
    const stopping = Promise.all(this.#containers.map((container) => container.stop(stopOptions)));
    this.#stopped ??= this.#ended.then(() => this.#removeFolders());
    return Promise.all([stopping, this.#stopped]).then(() => undefined);
  }

  async #run(): Promise<void> {
    try {
      this.#removeFolders();
      const succeeded = await this.#runContainers();
      if (this.phase !== 'Terminating') this.phase = succeeded ? 'Succeeded' : 'Failed';
    } catch (error) {
      if (this.phase !== 'Terminating') this.phase = 'Pending'; // for good: only a change of the manifest can help
      this.#problem = (error as Error).message;
      this.#wait(this.#problem);
    }
    this.#runtime.changed();
  }

  async #runContainers(): Promise<boolean> {
    const policy = this.spec.restartPolicy ?? 'Always';
    const sidecars: RunningContainer[] = [];
    for (const spec of this.spec.initContainers ?? []) {
      const isSidecar = spec.restartPolicy === 'Always';
      const initPolicy = isSidecar ? 'Always' : policy === 'Never' ? 'Never' : 'OnFailure';
      const container = await this.#prepare(spec, initPolicy);
      if (!container) return false;
      this.#containers = [...sidecars, container];
      const ended = container.run(this.#options.mayRestart);
      if (isSidecar) {
        sidecars.push(container);
        await Promise.race([container.firstStarted, ended]);
      } else if ((await ended) !== 0) {
        return false;
      }
      if (this.#ending.signal.aborted) break;
    }
    const main: RunningContainer[] = [];
    for (const spec of this.#ending.signal.aborted ? [] : this.spec.containers) {
      const container = await this.#prepare(spec, policy);
      if (container) main.push(container);
    }
    if (this.#ending.signal.aborted) {
      await this.#stopAll(sidecars);
      return false;
    }
    this.#containers = [...sidecars, ...main];
    this.phase = 'Running';
    const codes = await Promise.all(main.map((container) => container.run(this.#options.mayRestart)));
    await this.#stopAll(sidecars);
    return codes.every((code) => code === 0);
  }

  async #stopAll(containers: readonly RunningContainer[]): Promise<void> {
    await Promise.all(containers.map((container) => container.stop({ graceMs: this.graceMs, hooks: false })));
  }

  /** @returns the container when all it refers to is there, or undefined when the Pod was stopped before */
  async #prepare(spec: Container, policy: RestartPolicy): Promise<RunningContainer | undefined> {
    while (!this.#ending.signal.aborted) {
      const changed = new Promise<void>((resolve) => (this.#retry = resolve));
      const prepared = this.#tryPrepare(spec);
      if (prepared) return new RunningContainer(prepared, this.identity, policy, this.graceMs, this.#runtime);
      await changed;
    }
    return undefined;
  }

  #tryPrepare(spec: Container): PreparedContainer | undefined {
    try {
      return prepareContainer(spec, this.spec, this.#options.claims ?? [], this.identity, this.#runtime);
    } catch (error) {
      if (!(error instanceof NotThereYetError)) throw error;
      this.#wait(error.message);
      return undefined;
    }
  }

  #wait(reason: string): void {
    if (this.#reason === reason) return;
    this.#reason = reason;
    const { namespace, name } = this.identity;
    this.#runtime.event({ kind: 'waiting', namespace, name, message: reason });
  }

  #removeFolders(): void {
    this.#runtime.data.remove(folderOfPod(this.identity, this.#runtime));
    this.#runtime.data.remove(secretsOf(this.identity, this.#runtime));
  }
}
