import { createHash } from 'node:crypto';
import { AddressBlockTakenError } from '../errors/address-block-taken.ts';
import { NoAddressFreeError } from '../errors/no-address-free.ts';
import { takeLock, type Lock } from '../house/lock.ts';

/** 127.77.0.0/16 is cut into blocks of four /24 networks, one block a cluster. */
const BLOCKS = 64;
const NETWORKS_A_BLOCK = 4;

export interface AddressBlock {
  readonly index: number;
  readonly lock: Lock;
}

/** What a block's networks are for: it makes an address tell what stands behind it. */
export const NETWORKS = { service: 0, statefulPod: 1, pod: 2, job: 3 } as const;
export type Network = keyof typeof NETWORKS;

/** The `host`th address (1–254) of one of a block's networks. */
export function addressIn(block: number, network: Network, host: number): string {
  return `127.77.${block * NETWORKS_A_BLOCK + NETWORKS[network]}.${host}`;
}

export function blockName(index: number): string {
  return `127.77.${index * NETWORKS_A_BLOCK}.0/22`;
}

/**
 * Takes a block of addresses for as long as this process lives.
 * @param remembered the block this folder's data is bound to (Redis Cluster writes addresses to disk), if any
 * @throws AddressBlockTakenError when another run has the remembered block
 * @throws NoAddressFreeError when there is nothing to remember and all blocks are in use
 */
export async function claimAddressBlock(dataDir: string, remembered: number | undefined): Promise<AddressBlock> {
  if (remembered !== undefined) {
    const lock = await takeLock(`addresses/${remembered}`);
    if (!lock) throw new AddressBlockTakenError(blockName(remembered), dataDir);
    return { index: remembered, lock };
  }
  // Begin where the folder's name falls, so that folders which never ran at the same time rarely share a block.
  const first = createHash('sha256').update(dataDir).digest().readUInt32BE(0);
  for (let step = 0; step < BLOCKS; step++) {
    const index = (first + step) % BLOCKS;
    const lock = await takeLock(`addresses/${index}`);
    if (lock) return { index, lock };
  }
  throw new NoAddressFreeError('127.77.0.0/16', `${BLOCKS} clusters run on this machine; stop one of them.`);
}
