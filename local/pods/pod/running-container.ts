import { pause } from '../house/clock.ts';
import type { RunningProcess } from '../house/launcher.ts';
import type { Hook, Probe } from '../kubernetes/pod-spec.ts';
import { perform, type Outcome } from './action.ts';
import { BackOff } from './back-off.ts';
import type { PodIdentity } from './identity.ts';
import type { PreparedContainer } from './prepare.ts';
import { watchProbe } from './prober.ts';
import type { PodRuntime } from './runtime.ts';

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** How a Pod is to stop. */
export interface StopOptions {
  /** From the first hook to SIGKILL. */
  readonly graceMs: number;
  /** Whether preStop hooks run. They hand work to other Pods: when all stop together there is nobody to take it. */
  readonly hooks: boolean;
}

/** A container as a process that is started, probed, restarted and stopped. */
export class RunningContainer {
  readonly prepared: PreparedContainer;
  readonly #pod: PodIdentity;
  readonly #policy: RestartPolicy;
  readonly #defaultGraceMs: number;
  readonly #runtime: PodRuntime;
  readonly #ending = new AbortController();
  readonly #backOff = new BackOff();
  #process: RunningProcess | undefined;
  /** Of the process there is, or of the last one. */
  #stopping: Promise<void> | undefined;
  startedAt: Date | undefined;
  /** Resolves when the startup probe, if any, has first succeeded. */
  readonly firstStarted: Promise<void>;
  #reportFirstStarted: () => void = () => undefined;
  /** Since when, on `performance.now()`'s scale, it has been ready. */
  readySince: number | undefined;
  restarts = 0;
  /** Why it is not ready, as far as known. */
  reason = 'is starting';

  constructor(
    prepared: PreparedContainer,
    pod: PodIdentity,
    policy: RestartPolicy,
    defaultGraceMs: number,
    runtime: PodRuntime,
  ) {
    this.prepared = prepared;
    this.#pod = pod;
    this.#policy = policy;
    this.#defaultGraceMs = defaultGraceMs;
    this.#runtime = runtime;
    this.firstStarted = new Promise((resolve) => (this.#reportFirstStarted = resolve));
  }

  get ready(): boolean {
    return this.readySince !== undefined;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /**
   * Runs the process, again as often as the restart policy says, until it is stopped.
   * @param mayRestart asked before each restart; a Job's back-off limit says no at some time
   * @returns the last exit code
   */
  async run(mayRestart: () => boolean = () => true): Promise<number> {
    for (;;) {
      const { code, ranMs } = await this.#runOnce();
      const over = this.#policy === 'Never' || (this.#policy === 'OnFailure' && code === 0);
      if (over || this.#ending.signal.aborted || !mayRestart()) return code;
      const waitMs = this.#backOff.afterRunOf(ranMs);
      this.reason = `${this.reason}; restarts in ${waitMs / 1000} s`;
      await pause(waitMs, this.#ending.signal);
      if (this.#ending.signal.aborted) return code;
      this.restarts++;
    }
  }

  /** Stops it for good: hook, SIGTERM to the main process, and when the grace period ends SIGKILL to its group. */
  async stop(options: StopOptions): Promise<void> {
    this.#ending.abort();
    await this.#stopProcess(options);
  }

  async #runOnce(): Promise<{ code: number; ranMs: number }> {
    const { spec, command } = this.prepared;
    const begun = performance.now();
    const logFile = this.#runtime.logs.file(this.#pod.namespace, this.#pod.name, spec.name);
    const running = this.#runtime.launcher.start(command, logFile);
    this.#process = running;
    this.#stopping = undefined;
    this.startedAt = new Date();
    this.reason = 'is starting';
    this.#event('started', `container ${spec.name} started (process ${running.pid ?? 'none'})`);
    const probing = new AbortController();
    void this.#probe(probing.signal);
    const exit = await running.exited;
    probing.abort();
    this.#process = undefined;
    this.readySince = undefined;
    this.reason = `container ${spec.name}: ${exit.text}`;
    this.#event('exited', this.reason);
    this.#runtime.changed();
    if (exit.code !== 0 && !this.#ending.signal.aborted) {
      this.#runtime.data.checkSpace(`run container ${spec.name} of Pod ${this.#pod.namespace}/${this.#pod.name}`);
    }
    return { code: exit.code, ranMs: performance.now() - begun };
  }

  async #probe(signal: AbortSignal): Promise<void> {
    const { startupProbe, readinessProbe, livenessProbe } = this.prepared.spec;
    const restart = (kind: string) => (message: string) => {
      this.#event('probe-failed', `${kind} probe failed, restarts container ${this.prepared.spec.name}: ${message}`);
      void this.#stopProcess({ graceMs: this.#defaultGraceMs, hooks: true });
      return true;
    };
    const onMiss = (message: string) => (this.reason = `probe failed: ${message}`);
    if (startupProbe) {
      let started = false;
      const onSuccess = () => (started = true);
      const watch = { check: () => this.#check(startupProbe), onSuccess, onFailure: restart('startup'), onMiss };
      await watchProbe(startupProbe, true, watch, signal);
      if (!started || signal.aborted) return;
    }
    this.#reportFirstStarted();
    if (livenessProbe) {
      const watch = {
        check: () => this.#check(livenessProbe),
        onSuccess: () => false,
        onFailure: restart('liveness'),
      };
      void watchProbe(livenessProbe, false, watch, signal);
    }
    if (!readinessProbe) {
      this.#setReady(true);
      return;
    }
    const onSuccess = () => this.#setReady(true);
    const onFailure = () => this.#setReady(false);
    await watchProbe(
      readinessProbe,
      true,
      { check: () => this.#check(readinessProbe), onSuccess, onFailure, onMiss },
      signal,
    );
  }

  #check(probe: Probe): Promise<Outcome> {
    const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
    return perform(probe, this.prepared, this.#pod.address, this.#runtime.launcher, timeoutMs);
  }

  #setReady(ready: boolean): false {
    if (this.ready !== ready) {
      this.readySince = ready ? performance.now() : undefined;
      this.#event(ready ? 'ready' : 'not-ready', ready ? `container ${this.prepared.spec.name} is ready` : this.reason);
      this.#runtime.changed();
    }
    return false;
  }

  #stopProcess(options: StopOptions): Promise<void> {
    const running = this.#process;
    if (!running) return Promise.resolve();
    this.#stopping ??= this.#terminate(running, options.hooks);
    const timer = setTimeout(() => running.kill(), options.graceMs);
    return this.#stopping.finally(() => clearTimeout(timer));
  }

  async #terminate(running: RunningProcess, hooks: boolean): Promise<void> {
    const hook = this.prepared.spec.lifecycle?.preStop;
    if (hook && hooks) {
      const gone = new AbortController();
      void running.exited.then(() => gone.abort());
      await Promise.race([this.#runHook(hook, gone.signal), running.exited]);
    }
    running.signal('SIGTERM');
    await running.exited;
  }

  async #runHook(hook: Hook, signal: AbortSignal): Promise<void> {
    if (hook.sleep) {
      await pause(hook.sleep.seconds * 1000, signal);
      return;
    }
    const outcome = await perform(hook, this.prepared, this.#pod.address, this.#runtime.launcher, this.#defaultGraceMs);
    if (!outcome.ok) this.#event('probe-failed', `preStop hook failed: ${outcome.message}`);
  }

  #event(kind: 'started' | 'exited' | 'ready' | 'not-ready' | 'probe-failed', message: string): void {
    this.#runtime.event({ kind, namespace: this.#pod.namespace, name: this.#pod.name, message });
  }
}
