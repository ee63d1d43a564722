import { NODES } from './topology.ts';
import type { RedisProfile } from './profiles.ts';

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

/**
 * The size of one node of a cluster that has `memoryMiB` in all in the present season and `fullMemoryGiB` at full size.
 * Storage follows the full size, since a volume can grow but never shrink.
 */
export function nodeSize(profile: RedisProfile, memoryMiB: number, fullMemoryGiB: number): NodeSize {
  const nodeMemoryMiB = Math.floor(memoryMiB / NODES);
  return {
    memoryMiB: nodeMemoryMiB,
    maxmemoryMiB: Math.floor(nodeMemoryMiB * profile.dataShare),
    cpuMillis: CPU_MILLIS,
    storageGiB: Math.max(LEAST_STORAGE_GIB, Math.ceil((fullMemoryGiB / NODES) * STORAGE_TO_MEMORY)),
  };
}
