import { type Place, serviceName } from '../shared/service-names.ts';

/** Three masters are the fewest that can still agree by majority when one is gone. */
export const SHARDS = 3;
/** A master and its replica. */
export const NODES_PER_SHARD = 2;
export const NODES = SHARDS * NODES_PER_SHARD;
/** Hash slots of a Redis Cluster, by its specification. */
export const HASH_SLOTS = 16384;

export const REDIS_PORT = 6379;
/** The cluster bus listens on the client port + 10000, by the specification. */
export const BUS_PORT = REDIS_PORT + 10000;

/** One shard: its StatefulSet, the DNS names of its nodes and its range of hash slots (inclusive). */
export interface Shard {
  readonly index: number;
  readonly name: string;
  readonly nodes: readonly string[];
  readonly firstSlot: number;
  readonly lastSlot: number;
}

/** The shards of the cluster at `place`, whose slots together are all slots, each once. */
export function shards(place: Place): Shard[] {
  return Array.from({ length: SHARDS }, (_, index) => {
    const name = `${place.name}-${index}`;
    return {
      index,
      name,
      nodes: Array.from({ length: NODES_PER_SHARD }, (__, ordinal) => `${name}-${ordinal}.${serviceName(place)}`),
      firstSlot: Math.floor((index * HASH_SLOTS) / SHARDS),
      lastSlot: Math.floor(((index + 1) * HASH_SLOTS) / SHARDS) - 1,
    };
  });
}
