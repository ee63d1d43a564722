import type { Cron } from 'croner';
import type { Clock } from '../house/clock.ts';
import { namespaceOf } from '../kubernetes/object.ts';
import type { CronJob, Job } from '../kubernetes/workloads.ts';
import type { Controller, ControllerContext } from './controller.ts';
import type { Pod } from '../pod/pod.ts';
import { JobController } from './job.ts';
import { specHash } from '../kubernetes/hash.ts';
import { parseSchedule } from '../kubernetes/schedule.ts';

const MINUTE_MS = 60_000;

/** Starts a Job whenever its schedule says so. */
export class CronJobController implements Controller<CronJob> {
  readonly #context: ControllerContext;
  readonly #clock: Clock;
  #cronJob: CronJob;
  #waiting = new AbortController();
  #jobs: JobController[] = [];

  /** @throws InvalidObjectError when the schedule cannot be read */
  constructor(cronJob: CronJob, context: ControllerContext, clock: Clock) {
    this.#cronJob = cronJob;
    this.#context = context;
    this.#clock = clock;
    void this.#follow(parseSchedule(cronJob), this.#waiting.signal);
  }

  /** Its Jobs, those that ended too as far as the history limits go. */
  get jobs(): readonly JobController[] {
    return this.#jobs;
  }

  update(cronJob: CronJob): void {
    const changed = specHash(cronJob.spec) !== specHash(this.#cronJob.spec);
    this.#cronJob = cronJob;
    if (!changed) return;
    const schedule = parseSchedule(cronJob);
    this.#waiting.abort();
    this.#waiting = new AbortController();
    void this.#follow(schedule, this.#waiting.signal);
  }

  step(): void {
    for (const job of this.#jobs) job.step();
    const { successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1 } = this.#cronJob.spec;
    const kept = new Set([
      ...this.#jobs.filter(({ state }) => state === 'running'),
      ...newest(this.#jobs, 'complete', successfulJobsHistoryLimit),
      ...newest(this.#jobs, 'failed', failedJobsHistoryLimit),
    ]);
    for (const job of this.#jobs) if (!kept.has(job)) job.forget();
    this.#jobs = this.#jobs.filter((job) => kept.has(job));
  }

  pods(): Pod[] {
    return this.#jobs.flatMap((job) => job.pods());
  }

  close(): void {
    this.#waiting.abort();
    for (const job of this.#jobs) job.close();
  }

  /** A CronJob is ready by being there: its Jobs come when they come. */
  unready(): string[] {
    return [];
  }

  async #follow(schedule: Cron, signal: AbortSignal): Promise<void> {
    for (let next = schedule.nextRun(this.#clock.now()); next; next = schedule.nextRun(next)) {
      const waitMs = next.getTime() - this.#clock.now().getTime();
      if (waitMs < -MINUTE_MS) continue; // the machine slept: what was missed is not made up for
      await this.#clock.sleep(Math.max(0, waitMs), signal);
      if (signal.aborted) return;
      if (!this.#cronJob.spec.suspend) this.#start(next);
    }
  }

  #start(time: Date): void {
    const running = this.#jobs.filter(({ state }) => state === 'running');
    const { concurrencyPolicy = 'Allow', jobTemplate } = this.#cronJob.spec;
    if (running.length > 0 && concurrencyPolicy === 'Forbid') return;
    const replaced = new Set(concurrencyPolicy === 'Replace' ? running : []);
    for (const job of replaced) this.#abandon(job);
    const job: Job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        ...jobTemplate.metadata,
        name: `${this.#cronJob.metadata.name}-${Math.floor(time.getTime() / MINUTE_MS)}`,
        namespace: namespaceOf(this.#cronJob),
      },
      spec: jobTemplate.spec,
    };
    const started = new JobController(job, this.#context, undefined, this.#cronJob.metadata.name);
    this.#jobs = [...this.#jobs.filter((one) => !replaced.has(one)), started];
    this.#context.runtime.changed();
  }

  #abandon(job: JobController): void {
    const pods = job.pods();
    job.close();
    for (const pod of pods) void this.#context.pods.stop(pod);
  }
}

function newest(jobs: readonly JobController[], state: JobController['state'], limit: number): JobController[] {
  return limit === 0 ? [] : jobs.filter((job) => job.state === state).slice(-limit);
}
