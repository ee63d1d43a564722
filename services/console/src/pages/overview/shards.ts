import type { RedisNode } from '@wedsync/region-operator/wire';

/** A shard of a Redis Cluster, with its nodes in the order of their names. */
export interface Shard {
  readonly name: string;
  readonly nodes: readonly RedisNode[];
}

/** A Redis Cluster with its shards. */
export interface RedisCluster {
  readonly name: string;
  readonly shards: readonly Shard[];
}

/** A node is called after its cluster, the number of its shard and its own: `redis-cache-0-1`. */
const NODE_NAME = /^(?<shard>(?<cluster>.+)-\d+)-\d+$/;

/** Nodes by cluster and shard. One whose name says neither stands alone. */
export function clustersOf(nodes: readonly RedisNode[]): RedisCluster[] {
  const partOf = (part: 'cluster' | 'shard') => (node: RedisNode) =>
    NODE_NAME.exec(node.name)?.groups?.[part] ?? node.name;
  const byName = [...nodes].sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  return [...Map.groupBy(byName, partOf('cluster'))].map(([name, members]) => ({
    name,
    shards: [...Map.groupBy(members, partOf('shard'))].map(([shard, own]) => ({ name: shard, nodes: own })),
  }));
}
