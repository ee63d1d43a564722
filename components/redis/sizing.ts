import { LEAST_REDIS_SHARDS } from '@wedsync/domain';
import type { RedisProfile } from './profiles.ts';
import { NODES_PER_SHARD } from './topology.ts';

/** Resources of one Redis node. */
export interface NodeSize {
  /** Memory of the container, in MiB. */
  readonly memoryMiB: number;
  /** Redis' own limit for data, in MiB. */
  readonly maxmemoryMiB: number;
  /** CPU request, in thousandths of a core. Redis executes commands on one thread. */
  readonly cpuMillis: number;
  /** Size of the data volume, in GiB. */
  readonly storageGiB: number;
}

const CPU_MILLIS = 500;
/** The append-only file, the one being rewritten beside it, and room for what is written meanwhile. */
const STORAGE_TO_MEMORY = 3;
const LEAST_STORAGE_GIB = 2;

/** What a cluster has in all. */
export interface ClusterSize {
  readonly shards: number;
  readonly memoryMiB: number;
}

/**
 * The size of one node of a cluster, from what all have together in the present season and at full size. A volume can grow but never
 * shrink, so storage follows the memory of the fullest node that there can be: with the fewest shards at full size.
 */
export function nodeSize(profile: RedisProfile, present: ClusterSize, full: ClusterSize): NodeSize {
  const nodeMemoryMiB = memoryOfNode(present);
  const fullestMiB = memoryOfNode({ ...full, shards: LEAST_REDIS_SHARDS });
  return {
    memoryMiB: nodeMemoryMiB,
    maxmemoryMiB: Math.floor(nodeMemoryMiB * profile.dataShare),
    cpuMillis: CPU_MILLIS,
    storageGiB: Math.max(LEAST_STORAGE_GIB, Math.ceil((fullestMiB * STORAGE_TO_MEMORY) / 1024)),
  };
}

/**
 * GiB for `kept` backups and the one that is being made, with all shards as full as they may be at full size: a volume never shrinks. A
 * snapshot is no greater than its data in memory.
 */
export function backupStorageGiB(profile: RedisProfile, full: ClusterSize, kept: number): number {
  const dataMiB = (full.memoryMiB / NODES_PER_SHARD) * profile.dataShare;
  return Math.max(LEAST_STORAGE_GIB, Math.ceil(((kept + 1) * dataMiB) / 1024));
}

/** Nodes of a cluster, replicas too. */
export function nodeCount({ shards }: ClusterSize): number {
  return shards * NODES_PER_SHARD;
}

function memoryOfNode(size: ClusterSize): number {
  return Math.floor(size.memoryMiB / nodeCount(size));
}
