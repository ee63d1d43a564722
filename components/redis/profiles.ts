/** What distinguishes a Redis that may forget from one that may not. */
export interface RedisProfile {
  /** What happens when memory is full. */
  readonly maxmemoryPolicy: 'allkeys-lfu' | 'noeviction';
  /** Replicas that must be connected for a write to be accepted; 0 accepts a write that only one node has. */
  readonly minimumReplicasToWrite: 0 | 1;
  /** The share of a node's memory that data may fill; the rest is for copy-on-write during AOF rewrites and for buffers. */
  readonly dataShare: number;
}

/**
 * `cache` evicts the least used answers when it is full and prefers to answer; `queue` evicts nothing, and refuses a write
 * (clients see an error and answer 503) when no replica would have it. Both keep an append-only file: a cache master that came
 * back empty before its failover would make its replica empty too.
 */
export const REDIS_PROFILES = {
  cache: { maxmemoryPolicy: 'allkeys-lfu', minimumReplicasToWrite: 0, dataShare: 0.75 },
  queue: { maxmemoryPolicy: 'noeviction', minimumReplicasToWrite: 1, dataShare: 0.6 },
} as const satisfies Record<string, RedisProfile>;

export type RedisProfileName = keyof typeof REDIS_PROFILES;
