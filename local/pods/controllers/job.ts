import { randomBytes } from 'node:crypto';
import { describe, namespaceOf } from '../kubernetes/object.ts';
import type { Job } from '../kubernetes/workloads.ts';
import type { Pod } from '../pod/pod.ts';
import type { Controller, ControllerContext } from './controller.ts';
import { jobBackOffMs, planJob } from './job-plan.ts';
import { specHash } from '../kubernetes/hash.ts';

export type JobState = 'running' | 'complete' | 'failed';

/** Where it is kept that a Job of that spec is complete, so that the next start does not run it again. */
export interface JobMemory {
  isComplete(job: string, revision: string): boolean;
  complete(job: string, revision: string): void;
}

const DEFAULT_BACKOFF_LIMIT = 6;
const SHOWN_LOG_LINES = 10;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs a Job's Pods until as many have succeeded as it asks for, or too many have failed. */
export class JobController implements Controller<Job> {
  readonly #context: ControllerContext;
  readonly #memory: JobMemory | undefined;
  readonly #counted = new Set<Pod>();
  readonly #job: Job;
  readonly #revision: string;
  readonly #addressOwner: string;
  readonly #podNames: string[] = [];
  #closed = false;
  #succeeded = 0;
  #failed = 0;
  #failure = '';
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  state: JobState;

  /**
   * @param memory where its completion is kept; a CronJob's Jobs have none
   * @param addressOwner whose addresses its Pods use: those of a CronJob's Jobs are the CronJob's, or it would use ever more
   */
  constructor(job: Job, context: ControllerContext, memory?: JobMemory, addressOwner = job.metadata.name) {
    this.#job = job;
    this.#revision = specHash(job.spec);
    this.#addressOwner = addressOwner;
    this.#context = context;
    this.#memory = memory;
    this.state = memory?.isComplete(describe(job), this.#revision) ? 'complete' : 'running';
    const deadlineSeconds = job.spec.activeDeadlineSeconds;
    if (this.state === 'running' && deadlineSeconds !== undefined) {
      this.#deadline = setTimeout(
        () => {
          this.#failure = `ran longer than its deadline of ${deadlineSeconds} s`;
          this.#end('failed');
        },
        Math.min(deadlineSeconds * 1000, LONGEST_TIMER_MS),
      );
    }
  }

  get name(): string {
    return this.#job.metadata.name;
  }

  get namespace(): string {
    return namespaceOf(this.#job);
  }

  get failures(): number {
    return this.#failed;
  }

  /** A changed spec is another Job, as Kubernetes lets no Job's spec change. */
  update(): void {}

  step(): void {
    if (this.#closed) return;
    for (const pod of this.pods()) if (pod.finished) this.#count(pod);
    if (this.state !== 'running') return;
    const { completions = 1, parallelism = 1, backoffLimit = DEFAULT_BACKOFF_LIMIT } = this.#job.spec;
    const active = this.pods().filter((pod) => !this.#counted.has(pod)).length;
    const plan = planJob(
      { active, succeeded: this.#succeeded, failed: this.#failed },
      { completions, parallelism, backoffLimit },
    );
    if (plan === 'complete') this.#end('complete');
    else if (plan === 'failed') this.#end('failed');
    else if (plan.start > 0 && this.#isDue()) for (let count = 0; count < plan.start; count++) this.#start();
  }

  close(): void {
    this.#closed = true;
    this.#clearTimers();
  }

  /** Removes the logs of its Pods. */
  forget(): void {
    for (const pod of this.#podNames) this.#context.runtime.logs.remove(this.namespace, pod);
  }

  unready(): string[] {
    if (this.state === 'complete') return [];
    if (this.state === 'failed') return [`Job ${this.name} failed: ${this.#failure}`];
    return [`Job ${this.name}: has not completed${this.#failure === '' ? '' : `; last failure: ${this.#failure}`}`];
  }

  pods(): Pod[] {
    const pods = this.#context.pods.ownedBy(describe(this.#job));
    return pods.filter((pod) => pod.identity.revision === this.#revision);
  }

  #count(pod: Pod): void {
    if (this.#counted.has(pod)) return;
    this.#counted.add(pod);
    if (pod.phase === 'Succeeded') this.#succeeded++;
    else this.#countFailure(pod);
    void this.#context.pods.stop(pod).then(() => this.#counted.delete(pod));
  }

  #countFailure(pod: Pod): void {
    this.#failed += 1 + pod.containers.reduce((sum, { restarts }) => sum + restarts, 0); // each restart was a failure too
    this.#notBefore = performance.now() + jobBackOffMs(this.#failed);
    const log = this.#context.runtime.logs.tail(this.namespace, pod.identity.name, SHOWN_LOG_LINES);
    this.#failure = [pod.reason ?? 'failed', ...log].join('\n');
  }

  #isDue(): boolean {
    const waitMs = this.#notBefore - performance.now();
    if (waitMs <= 0) return true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#context.runtime.changed(), waitMs);
    return false;
  }

  #start(): void {
    const { template, backoffLimit = DEFAULT_BACKOFF_LIMIT } = this.#job.spec;
    let restarts = 0;
    const name = `${this.name}-${randomBytes(3).toString('hex').slice(0, 5)}`;
    this.#podNames.push(name);
    this.#context.pods.start(this.#job, {
      name,
      address: this.#freeAddress(),
      revision: this.#revision,
      template,
      labels: { 'batch.kubernetes.io/job-name': this.name, 'job-name': this.name },
      mayRestart: () => ++restarts <= backoffLimit,
    });
  }

  #freeAddress(): string {
    const taken = new Set(this.#context.pods.all().map((pod) => pod.address));
    for (let slot = 0; ; slot++) {
      const address = this.#context.addresses.address('job', `${this.namespace}/${this.#addressOwner}#${slot}`);
      if (!taken.has(address)) return address;
    }
  }

  #end(state: 'complete' | 'failed'): void {
    this.#clearTimers();
    this.state = state;
    if (state === 'complete') this.#memory?.complete(describe(this.#job), this.#revision);
    for (const pod of this.pods()) if (!this.#counted.has(pod)) void this.#context.pods.stop(pod);
    const message = state === 'complete' ? 'complete' : this.#failure;
    const kind = state === 'complete' ? 'completed' : 'failed';
    this.#context.runtime.event({ kind, namespace: this.namespace, name: this.name, message });
    this.#context.runtime.changed();
  }

  #clearTimers(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#deadline);
  }
}
