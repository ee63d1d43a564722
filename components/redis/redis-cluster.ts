import { StatefulSet } from '@pulumi/kubernetes/apps/v1/statefulSet.js';
import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob.js';
import { Job } from '@pulumi/kubernetes/batch/v1/job.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js';
import { all, ComponentResource, type ComponentResourceOptions, type Output, type Resource } from '@pulumi/pulumi';
import { RandomPassword } from '@pulumi/random/randomPassword.js';
import { Certificate } from '../security/certificate.ts';
import { aclFile, replicationConfiguration, type RedisUser, SYSTEM_USERS } from './acl.ts';
import { FILES } from './paths.ts';
import { planRedisCluster, type RedisClusterFigures, type RedisClusterPlan } from './plan.ts';
import { KEEP_CLUSTER, START_NODE } from './scripts.ts';
import { REDIS_PORT } from './topology.ts';

export interface RedisClusterArgs extends RedisClusterFigures {
  /** The users of the data, beside those that run the cluster. */
  readonly users: readonly RedisUser[];
  /** Passwords by user. @default a random one for each user without, kept in the stack's state */
  readonly passwords?: Readonly<Record<string, Output<string> | undefined>>;
}

const PASSWORD_LENGTH = 40;

/**
 * A Redis Cluster of three shards, each a master and its replica, with TLS 1.3 on every port, a user for every task, and a
 * keeper that forms it and mends it. The profile says whether it may forget (`cache`) or not (`queue`).
 */
export class RedisCluster extends ComponentResource {
  /** `host:port` of every node, separated by commas. */
  readonly nodes: string;
  /** The labels that select the cluster's nodes. */
  readonly selector: Record<string, string>;
  private readonly passwords: Readonly<Record<string, Output<string>>>;

  constructor(name: string, args: RedisClusterArgs, options?: ComponentResourceOptions) {
    super('wedsync:redis:RedisCluster', name, {}, options);
    const plan = planRedisCluster(args);
    const users = [...SYSTEM_USERS, ...args.users];
    this.passwords = Object.fromEntries(
      users.map((user) => [user.name, args.passwords?.[user.name] ?? this.randomPassword(name, user)]),
    );

    const files = this.files(name, args, plan, users);
    const sets = this.nodesOf(name, args, plan, files);
    this.keepers(name, args, plan, sets);

    this.nodes = plan.shards.flatMap((shard) => shard.nodes.map((host) => `${host}:${REDIS_PORT}`)).join(',');
    this.selector = plan.selector;
    this.registerOutputs({ nodes: this.nodes, selector: this.selector });
  }

  /** The password of one of the cluster's users; a secret. */
  passwordOf(user: string): Output<string> {
    const password = this.passwords[user];
    if (password === undefined)
      throw new Error(`Redis has no user ${user}; it has ${Object.keys(this.passwords).join(', ')}.`);
    return password;
  }

  private randomPassword(name: string, user: RedisUser): Output<string> {
    return new RandomPassword(`${name}-${user.name}`, { length: PASSWORD_LENGTH, special: false }, { parent: this })
      .result;
  }

  private files(name: string, args: RedisClusterArgs, plan: RedisClusterPlan, users: readonly RedisUser[]): Resource[] {
    const metadata = (object: string) => ({ name: object, namespace: args.place.namespace, labels: plan.labels });
    const parent = { parent: this };
    const { names } = plan;
    const passwords = all(this.passwords);
    return [
      new ConfigMap(
        names.configuration,
        { metadata: metadata(names.configuration), data: { [FILES.configuration]: plan.configuration } },
        parent,
      ),
      new ConfigMap(
        names.scripts,
        { metadata: metadata(names.scripts), data: { [FILES.keeper]: KEEP_CLUSTER, [FILES.start]: START_NODE } },
        parent,
      ),
      new Secret(
        names.auth,
        {
          metadata: metadata(names.auth),
          stringData: {
            [FILES.acl]: passwords.apply((known) => aclFile(users, known)),
            [FILES.replication]: passwords.apply(replicationConfiguration),
          },
        },
        parent,
      ),
      new Secret(names.passwords, { metadata: metadata(names.passwords), stringData: this.passwords }, parent),
      new Certificate(names.tls, { namespace: args.place.namespace, name: names.tls }, plan.certificate, parent),
      new Service(name, { metadata: metadata(args.place.name), spec: plan.service }, parent),
    ];
  }

  private nodesOf(name: string, args: RedisClusterArgs, plan: RedisClusterPlan, files: Resource[]): Resource[] {
    const { namespace } = args.place;
    const budget = new PodDisruptionBudget(
      name,
      { metadata: { name: args.place.name, namespace, labels: plan.labels }, spec: plan.disruptionBudget },
      { parent: this },
    );
    return plan.statefulSets.map(
      (set) =>
        new StatefulSet(
          set.name,
          { metadata: { name: set.name, namespace, labels: plan.labels }, spec: set.spec },
          { parent: this, dependsOn: [...files, budget] },
        ),
    );
  }

  private keepers(name: string, args: RedisClusterArgs, plan: RedisClusterPlan, sets: Resource[]): void {
    const object = (suffix: string) => ({
      name: `${plan.names.keeper}-${suffix}`,
      namespace: args.place.namespace,
      labels: plan.labels,
    });
    const formation = new Job(
      `${name}-formation`,
      { metadata: object('formation'), spec: plan.formation },
      { parent: this, dependsOn: sets },
    );
    new CronJob(
      `${name}-healing`,
      { metadata: object('healing'), spec: plan.healing },
      { parent: this, dependsOn: formation },
    );
  }
}
