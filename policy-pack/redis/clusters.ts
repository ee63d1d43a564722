import type { KubernetesObject } from '../kubernetes/object.ts';
import { redisWorkload, type RedisWorkload } from '../kubernetes/redis.ts';

export const INSTANCE_LABEL = 'app.kubernetes.io/instance';
export const SHARD_LABEL = 'wedsync.io/shard';

/** The nodes of one Redis Cluster that are master and replicas of the same slots. */
export interface RedisShard {
  /** The StatefulSets whose Pods are the shard's nodes. */
  readonly sets: readonly RedisWorkload[];
  /** Nodes as far as they are known. */
  readonly nodes: number;
  /** A number of nodes is known only after the update. */
  readonly uncertain: boolean;
}

/** One Redis Cluster. */
export interface RedisTopology {
  /** `namespace/instance`. */
  readonly name: string;
  /** The StatefulSets that make it. */
  readonly sets: readonly RedisWorkload[];
  /** Its shards by label; `undefined` where the sets are one pool, in which Redis itself pairs masters and replicas. */
  readonly shards: ReadonlyMap<string, RedisShard> | undefined;
  readonly nodes: RedisShard;
}

/** The Redis Clusters of a stack: StatefulSets that run Redis, put together by namespace and instance label. */
export function redisClusters(objects: readonly KubernetesObject[]): RedisTopology[] {
  const sets = objects
    .filter(({ kind }) => kind === 'StatefulSet')
    .map(redisWorkload)
    .filter((set) => set !== undefined);
  const groups = Map.groupBy(
    sets,
    ({ object, labels }) => `${object.namespace}/${instanceOf(object, labels) ?? object.name}`,
  );
  return [...groups].map(([name, members]) => topologyOf(name, members));
}

function instanceOf(object: KubernetesObject, labels: RedisWorkload['labels']): string | undefined {
  return labels[INSTANCE_LABEL] ?? object.fields.at('metadata', 'labels', INSTANCE_LABEL).text;
}

function topologyOf(name: string, sets: readonly RedisWorkload[]): RedisTopology {
  const labelled = sets.every(({ labels }) => labels[SHARD_LABEL] !== undefined);
  const shards = labelled ? Map.groupBy(sets, ({ labels }) => labels[SHARD_LABEL] ?? '') : undefined;
  return {
    name,
    sets,
    shards: shards && new Map([...shards].map(([shard, members]) => [shard, shardOf(members)])),
    nodes: shardOf(sets),
  };
}

function shardOf(sets: readonly RedisWorkload[]): RedisShard {
  const replicas = sets.map(({ object }) => object.fields.at('spec', 'replicas'));
  return {
    sets,
    // A StatefulSet that does not say how many Pods it wants gets one.
    nodes: replicas.reduce((sum, field) => sum + (field.unknown ? 0 : (field.number ?? 1)), 0),
    uncertain: replicas.some((field) => field.unknown),
  };
}
