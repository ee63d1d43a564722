import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RedisClusterArgs } from '../../../components/redis/redis-cluster.ts';
import type { KubernetesObject } from '../../../local/pods/index.ts';
import { PLACE, redisObjects, type RunningCluster } from './running-cluster.ts';

/** What of a Job's container is to be different. */
export interface JobChanges {
  readonly env?: Readonly<Record<string, (value: string) => string>>;
  /** Before the script, in its shell. */
  readonly first?: string;
}

/** How a Job ended, and what it said. */
export interface JobRun {
  readonly state: 'complete' | 'failed';
  readonly said: string;
}

interface Container {
  command: string[];
  env: { name: string; value?: string }[];
}
interface JobSpec {
  backoffLimit: number;
  template: { spec: { containers: [Container] } };
}
interface CronJob extends KubernetesObject {
  readonly spec: { readonly jobTemplate: { readonly spec: JobSpec } };
}

/** The objects of a cluster, without the CronJob of its backups: it would come in between. */
export async function objectsWithoutSchedule(changes: Partial<RedisClusterArgs> = {}): Promise<KubernetesObject[]> {
  return (await redisObjects(changes)).filter((object) => !isBackups(object));
}

/** Runs a cluster's backups at once, as `kubectl create job --from=cronjob/…` does, and its restoring. */
export class JobRuns {
  readonly #cluster: RunningCluster;
  readonly #changes: Partial<RedisClusterArgs>;
  #runs = 0;

  constructor(cluster: RunningCluster, changes: Partial<RedisClusterArgs>) {
    this.#cluster = cluster;
    this.#changes = changes;
  }

  async backUp({ env = {}, first }: JobChanges = {}): Promise<JobRun> {
    const all = await redisObjects(this.#changes);
    const cronJob = all.find(isBackups);
    if (cronJob === undefined) throw new Error('The cluster has no backups.');
    const spec = structuredClone(cronJob.spec.jobTemplate.spec);
    const [container] = spec.template.spec.containers;
    for (const variable of container.env) {
      const change = env[variable.name];
      if (change !== undefined) variable.value = change(variable.value ?? '');
    }
    container.env.push({ name: 'CLI_SECONDS', value: '1' });
    if (first !== undefined) container.command = ['sh', '-c', `${first}; exec ${container.command.join(' ')}`];
    spec.backoffLimit = 0;
    const name = `backup-${++this.#runs}`;
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: PLACE.namespace }, spec };
    return this.#run(name, [...all.filter((object) => !isBackups(object)), job]);
  }

  async restore(backup: string): Promise<JobRun> {
    // Without the Job first: one that failed is not tried again.
    await this.#cluster.pods.apply(await objectsWithoutSchedule(this.#changes));
    return this.#run('redis-cache-restore', await objectsWithoutSchedule({ ...this.#changes, restore: backup }));
  }

  async #run(name: string, objects: KubernetesObject[]): Promise<JobRun> {
    const { pods, dataDir } = this.#cluster;
    await pods.apply(objects);
    for (;;) {
      const job = pods.status().jobs.find((one) => one.name === name);
      if (job !== undefined && job.state !== 'running') return { state: job.state, said: await log(dataDir, name) };
      await delay(20);
    }
  }
}

/** What the newest Pod of a Job wrote. */
async function log(dataDir: string, job: string): Promise<string> {
  const folder = join(dataDir, 'logs');
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${PLACE.namespace}.${job}-`));
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const newest = files.sort((one, other) => one.at - other.at).at(-1);
  return newest === undefined ? '' : readFile(join(folder, newest.name), 'utf8');
}

function isBackups(object: KubernetesObject): object is CronJob {
  return object.kind === 'CronJob' && object.metadata.name === 'redis-cache-backup';
}
