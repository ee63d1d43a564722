import { StatefulSet } from '@pulumi/kubernetes/apps/v1/statefulSet.js';
import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob.js';
import { Job } from '@pulumi/kubernetes/batch/v1/job.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { PersistentVolumeClaim } from '@pulumi/kubernetes/core/v1/persistentVolumeClaim.js';
import { PersistentVolumeClaimPatch } from '@pulumi/kubernetes/core/v1/persistentVolumeClaimPatch.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  InputPropertyError,
  type Output,
  type Resource,
} from '@pulumi/pulumi';
import { RandomPassword } from '@pulumi/random/randomPassword.js';
import { Certificate } from '../security/certificate.ts';
import { TypedResource } from '../shared/typed-resource.ts';
import { aclFile, replicationConfiguration, type RedisUser, SYSTEM_USERS } from './acl.ts';
import { refusedLine } from './extra-configuration.ts';
import { FILES } from './paths.ts';
import { planRedisCluster, type RedisClusterFigures, type RedisClusterPlan } from './plan.ts';
import { SCRIPTS } from './scripts.ts';
import { REDIS_PORT } from './topology.ts';

export interface RedisClusterArgs extends RedisClusterFigures {
  /** The users of the data, beside those that run the cluster. */
  readonly users: readonly RedisUser[];
  /** Passwords by user. @default a random one for each user without, kept in the stack's state */
  readonly passwords?: Readonly<Record<string, Output<string> | undefined>>;
}

const PASSWORD_LENGTH = 40;

/**
 * How the provider patches a claim. It is not waited for: where a volume is made for its first Pod, as every cloud does, the provider would
 * have a new claim be pending, and this one is bound already.
 */
const PATCH_ANNOTATIONS = { 'pulumi.com/patchForce': 'true', 'pulumi.com/skipAwait': 'true' };

/** Nor is the claim of backups waited for: its first Pod comes with the first backup. */
const BACKUP_ANNOTATIONS = { 'pulumi.com/skipAwait': 'true' };
/** By which whatever copies backups to other places finds them. */
const BACKUP_LABELS = { 'wedsync.io/backup': 'redis' };

/**
 * A Redis Cluster of three shards or more, each a master and its replica, with TLS 1.3 on every port, a user for every task, and a
 * keeper that forms it and mends it, and backs it up. The profile says whether it may forget (`cache`) or not (`queue`).
 */
export class RedisCluster extends ComponentResource {
  /** `host:port` of every node, separated by commas. */
  readonly nodes: string;
  /** The labels that select the cluster's nodes. */
  readonly selector: Record<string, string>;
  /** What must be done before clients may write: the Job that restores a backup, where one is asked for. */
  readonly restored: readonly Resource[];
  private readonly passwords: Readonly<Record<string, Output<string>>>;

  constructor(name: string, args: RedisClusterArgs, options?: ComponentResourceOptions) {
    super('wedsync:redis:RedisCluster', name, {}, options);
    assertConfiguration(args);
    const plan = planRedisCluster(args);
    const users = [...SYSTEM_USERS, ...args.users];
    this.passwords = args.authSecret === undefined ? this.ownPasswords(name, args, users) : givenPasswords(args);

    const files = this.files(name, args, plan, users);
    const sets = this.nodesOf(name, args, plan, files);
    const formation = this.keepers(name, args, plan, sets);
    this.restored = this.backups(name, args, plan, formation);

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

  private ownPasswords(
    name: string,
    { passwords }: RedisClusterArgs,
    users: readonly RedisUser[],
  ): Record<string, Output<string>> {
    return Object.fromEntries(
      users.map((user) => [user.name, passwords?.[user.name] ?? this.randomPassword(name, user)]),
    );
  }

  private randomPassword(name: string, user: RedisUser): Output<string> {
    return new RandomPassword(`${name}-${user.name}`, { length: PASSWORD_LENGTH, special: false }, { parent: this })
      .result;
  }

  private files(name: string, args: RedisClusterArgs, plan: RedisClusterPlan, users: readonly RedisUser[]): Resource[] {
    const { namespace } = args.place;
    const metadata = (object: string) => ({ name: object, namespace, labels: plan.labels });
    const parent = { parent: this };
    const { names, certificate, serviceMonitor } = plan;
    const configuration = { [FILES.configuration]: plan.configuration };
    return [
      new ConfigMap(names.configuration, { metadata: metadata(names.configuration), data: configuration }, parent),
      new ConfigMap(names.scripts, { metadata: metadata(names.scripts), data: { ...SCRIPTS } }, parent),
      ...(args.authSecret === undefined ? this.secrets(plan, users, metadata) : []),
      ...(certificate === undefined
        ? []
        : [new Certificate(names.tls, { namespace, name: names.tls }, certificate, parent)]),
      new Service(name, { metadata: metadata(args.place.name), spec: plan.service }, parent),
      ...(serviceMonitor === undefined
        ? []
        : [
            new TypedResource<IServiceMonitor>(
              `${name}-monitor`,
              {
                apiVersion: 'monitoring.coreos.com/v1',
                kind: 'ServiceMonitor',
                metadata: metadata(args.place.name),
                spec: serviceMonitor,
              },
              parent,
            ),
          ]),
    ];
  }

  private secrets(
    { names }: RedisClusterPlan,
    users: readonly RedisUser[],
    metadata: (object: string) => { name: string; namespace: string; labels: Record<string, string> },
  ): Resource[] {
    const parent = { parent: this };
    const passwords = all(this.passwords);
    return [
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
    ];
  }

  private nodesOf(name: string, args: RedisClusterArgs, plan: RedisClusterPlan, files: Resource[]): Resource[] {
    const { namespace } = args.place;
    const budget = new PodDisruptionBudget(
      name,
      { metadata: { name: args.place.name, namespace, labels: plan.labels }, spec: plan.disruptionBudget },
      { parent: this },
    );
    // One after the other: a change that replaces Pods never takes two nodes at a time, whatever shards they are of.
    const sets: Resource[] = [];
    for (const { name: set, spec } of plan.statefulSets) {
      const dependsOn = [...files, budget, ...sets.slice(-1)];
      // Kubernetes refuses a change of this field, and Pulumi would replace the set: existing claims grow by patches instead.
      const options = { parent: this, dependsOn, ignoreChanges: ['spec.volumeClaimTemplates'] };
      sets.push(new StatefulSet(set, { metadata: { name: set, namespace, labels: plan.labels }, spec }, options));
    }
    return [...sets, ...this.claims(args, plan, sets)];
  }

  /** Has the nodes' claims grow to the planned size. They are the StatefulSets', and stay when this program lets go of them. */
  private claims({ place }: RedisClusterArgs, plan: RedisClusterPlan, sets: Resource[]): Resource[] {
    return plan.claims.map(
      ({ name, spec }) =>
        new PersistentVolumeClaimPatch(
          name,
          {
            metadata: { name, namespace: place.namespace, annotations: PATCH_ANNOTATIONS },
            spec,
          },
          { parent: this, dependsOn: sets, retainOnDelete: true },
        ),
    );
  }

  private keepers(name: string, args: RedisClusterArgs, plan: RedisClusterPlan, sets: Resource[]): Resource {
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
    return formation;
  }

  /** The backups, which outlive the program's letting go of them; returns what a restoring cluster has to wait for. */
  private backups(name: string, args: RedisClusterArgs, plan: RedisClusterPlan, formation: Resource): Resource[] {
    const { backup, names, labels } = plan;
    if (backup === undefined) return [];
    const { namespace } = args.place;
    const metadata = { name: names.backup, namespace, labels };
    const claim = new PersistentVolumeClaim(
      names.backup,
      {
        metadata: { ...metadata, labels: { ...labels, ...BACKUP_LABELS }, annotations: BACKUP_ANNOTATIONS },
        spec: backup.claim,
      },
      { parent: this, retainOnDelete: true },
    );
    const cronJob = new CronJob(
      names.backup,
      { metadata, spec: backup.cronJob },
      { parent: this, dependsOn: [claim, formation] },
    );
    if (backup.restore === undefined) return [];
    // After the CronJob, which is suspended by then.
    return [
      new Job(
        `${name}-restore`,
        { metadata: { ...metadata, name: `${name}-restore` }, spec: backup.restore },
        { parent: this, dependsOn: cronJob },
      ),
    ];
  }
}

/** Refuses lines of configuration that would undo what the component promises. */
function assertConfiguration({ extraConfiguration = [], profile }: RedisClusterArgs): void {
  const refused = refusedLine(extraConfiguration);
  if (refused === undefined) return;
  throw new InputPropertyError({
    propertyPath: 'extraConfiguration',
    reason:
      `the line "${refused.line}" may not be added to the ${profile} cluster: ${refused.reason}. ` +
      'Take it out of wedsync:redisConfiguration.',
  });
}

/** The passwords of those who use the data, which an existing Secret keeps from the program. */
function givenPasswords({ users, passwords, authSecret, profile }: RedisClusterArgs): Record<string, Output<string>> {
  return Object.fromEntries(
    users.map((user) => {
      const password = passwords?.[user.name];
      if (password !== undefined) return [user.name, password];
      throw new InputPropertyError({
        propertyPath: 'passwords',
        reason:
          `the users of the ${profile} cluster are in the Secret ${authSecret}, so the program must be told the password of ` +
          `${user.name}: pulumi config set --secret wedsync:redis-${profile}-${user.name} VALUE`,
      });
    }),
  );
}
