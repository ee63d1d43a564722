import { LEAST_REDIS_SHARDS as MASTERS } from '@wedsync/domain';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, objection } from '../message.ts';
import { redisClusters, type RedisShard, type RedisTopology } from '../redis/clusters.ts';
import type { Rule } from '../rule.ts';

/** A master and its replica. */
const NODES_PER_SHARD = 2;
const NODES = MASTERS * NODES_PER_SHARD;

/** Every Redis Cluster that the stack's StatefulSets make. */
export function checkTopology(objects: readonly KubernetesObject[]): Finding[] {
  return redisClusters(objects).flatMap((cluster) =>
    cluster.shards ? checkShards(cluster, cluster.shards) : checkPool(cluster),
  );
}

function checkShards(cluster: RedisTopology, shards: ReadonlyMap<string, RedisShard>): Finding[] {
  const alone = [...shards].filter(([, { nodes, uncertain }]) => !uncertain && nodes < NODES_PER_SHARD);
  return [
    ...(shards.size < MASTERS ? [tooFewMasters(cluster, shards.size)] : []),
    ...alone.flatMap(([shard, { sets }]) =>
      sets.slice(0, 1).map(({ object }) => ({
        ...objection(
          object.title,
          object.fields.at('spec', 'replicas'),
          `Shard ${shard} of the Redis Cluster ${cluster.name} has no replica: its answers are lost with its one node.`,
          `Set it to ${NODES_PER_SHARD}, a master and its replica.`,
        ),
        urn: object.urn,
      })),
    ),
  ];
}

function tooFewMasters({ name, sets }: RedisTopology, masters: number): Finding {
  return {
    subject: `Redis Cluster ${name}`,
    field: 'its number of masters',
    value: `${masters} (${sets.map(({ object }) => object.name).join(', ')})`,
    problem: `Fewer than ${MASTERS} masters cannot agree on a failover.`,
    fix: `Make at least ${MASTERS} shards, a StatefulSet with a master and its replica each.`,
    ...firstUrn(sets),
  };
}

/** Redis pairs the nodes of a pool itself: half of them become masters. */
function checkPool({ name, sets, nodes: { nodes, uncertain } }: RedisTopology): Finding[] {
  if (uncertain || nodes >= NODES) return [];
  const [only] = sets;
  const fix = `Run at least ${NODES} nodes: ${MASTERS} masters and a replica for each.`;
  const problem = `The Redis Cluster ${name} would have fewer than ${MASTERS} masters with a replica each.`;
  if (sets.length === 1 && only) {
    return [
      { ...objection(only.object.title, only.object.fields.at('spec', 'replicas'), problem, fix), ...firstUrn(sets) },
    ];
  }
  return [
    {
      subject: `Redis Cluster ${name}`,
      field: 'its number of nodes',
      value: String(nodes),
      problem,
      fix,
      ...firstUrn(sets),
    },
  ];
}

function firstUrn(sets: RedisTopology['sets']): { urn?: string } {
  return sets[0] ? { urn: sets[0].object.urn } : {};
}

export const redisTopology: Rule = {
  name: 'redis-topology',
  description: 'A Redis Cluster has at least three masters, each with a replica.',
  checkStack: checkTopology,
};
