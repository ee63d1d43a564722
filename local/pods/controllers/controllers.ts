import type { Clock } from '../house/clock.ts';
import { specHash } from '../kubernetes/hash.ts';
import { describe } from '../kubernetes/object.ts';
import type { Workload } from '../kubernetes/workloads.ts';
import type { Controller, ControllerContext } from './controller.ts';
import { CronJobController } from './cron-job.ts';
import { DeploymentController } from './deployment.ts';
import { JobController, type JobMemory } from './job.ts';
import type { Scale } from './scale.ts';
import { StatefulSetController } from './stateful-set.ts';

export interface ControllersOptions {
  readonly context: ControllerContext;
  readonly clock: Clock;
  readonly memory: JobMemory;
  readonly scale: Scale;
}

/** One controller for each workload. */
export class Controllers {
  readonly #options: ControllersOptions;
  readonly #controllers = new Map<string, Controller>();

  constructor(options: ControllersOptions) {
    this.#options = options;
  }

  /** Makes it so that exactly these workloads have controllers; the Pods of others are stopped. */
  apply(workloads: readonly Workload[]): void {
    const wanted = new Map(workloads.map((workload) => [keyOf(workload), workload]));
    for (const [key, controller] of this.#controllers) {
      if (wanted.has(key)) continue;
      this.#controllers.delete(key);
      const pods = controller.pods();
      controller.close();
      for (const pod of pods) void this.#options.context.pods.stop(pod);
    }
    for (const [key, workload] of wanted) {
      const existing = this.#controllers.get(key);
      if (existing) existing.update(workload);
      else this.#controllers.set(key, this.#make(workload));
    }
  }

  step(): void {
    for (const controller of this.#controllers.values()) controller.step();
  }

  close(): void {
    for (const controller of this.#controllers.values()) controller.close();
  }

  /** What is not as the objects say; empty when the cluster is ready. */
  unready(): string[] {
    const kept = new Set(this.#all().flatMap((controller) => controller.pods()));
    const leaving = this.#options.context.pods.all().filter((pod) => !kept.has(pod));
    return [
      ...this.#all().flatMap((controller) => controller.unready()),
      ...leaving.map(({ identity }) => `Pod ${identity.namespace}/${identity.name} of a removed workload is stopping`),
    ];
  }

  jobs(): JobController[] {
    return this.#all().flatMap((controller) => {
      if (controller instanceof JobController) return [controller];
      return controller instanceof CronJobController ? controller.jobs : [];
    });
  }

  /** Jobs of the manifests, without those that CronJobs started, that have failed for good. */
  failedJobs(): JobController[] {
    return this.#all().filter(
      (controller) => controller instanceof JobController && controller.state === 'failed',
    ) as JobController[];
  }

  #all(): Controller[] {
    return [...this.#controllers.values()];
  }

  #make(workload: Workload): Controller {
    const { context, clock, memory, scale } = this.#options;
    switch (workload.kind) {
      case 'Deployment':
        return new DeploymentController(workload, (deployment) => scale.replicas(deployment).run, context);
      case 'StatefulSet':
        return new StatefulSetController(workload, context);
      case 'Job':
        return new JobController(workload, context, memory);
      case 'CronJob':
        return new CronJobController(workload, context, clock);
    }
  }
}

/** A Job with another spec is another Job. */
function keyOf(workload: Workload): string {
  return workload.kind === 'Job' ? `${describe(workload)} ${specHash(workload.spec)}` : describe(workload);
}
