import type { Bounds, RegionName } from '@wedsync/domain';

/** What a stack file says of its region's size. */
export interface StackFigures {
  readonly region: RegionName;
  readonly engineReplicas: Bounds;
  readonly workers: Bounds;
  readonly redisMemoryGiB: { readonly cache: number; readonly queue: number };
  /** Shards of the cache's Redis Cluster at full size. */
  readonly cacheShards: number;
}

/** CPU cores and memory. */
export interface Size {
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** What engines and Redis can do: measured, deployed or assumed, each with its source. */
export interface UnitFigures {
  /** Requests a second that one core of an engine answers from the cache. */
  readonly hitsPerSecondPerCore: Sourced;
  /** The share of an engine's cores and requests under way that a plan uses. */
  readonly utilisation: Sourced;
  /** Requests that an engine has under way before it gets help. */
  readonly requestsUnderWay: Sourced;
  /** Seconds that the origin takes to answer a miss. */
  readonly originSeconds: Sourced;
  /** Hours for which an answer is kept, on average. */
  readonly lifetimeHours: Sourced;
  /** KiB of an answer in Redis with all that belongs to it. */
  readonly answerKiB: Sourced;
  /** The share of a Redis node's memory that holds data. */
  readonly redisDataShare: Sourced;
  /** The share of that which a plan fills. */
  readonly redisFill: Sourced;
  readonly engine: Size;
  readonly redisNodeCpu: number;
  /** Nodes of a shard: a master and its replica. */
  readonly nodesPerShard: number;
}

/** A figure and where it comes from. */
export interface Sourced {
  readonly value: number;
  readonly source: string;
}
