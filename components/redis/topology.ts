import { type Place, serviceName } from '../shared/service-names.ts';
import { slotLayout, type SlotRange } from './slots.ts';

/** A master and its replica. */
export const NODES_PER_SHARD = 2;

export const REDIS_PORT = 6379;
/** The cluster bus listens on the client port + 10000, by the specification. */
export const BUS_PORT = REDIS_PORT + 10000;

/** One shard: its StatefulSet, the DNS names of its nodes and its hash slots. */
export interface Shard {
  readonly index: number;
  readonly name: string;
  readonly nodes: readonly string[];
  readonly slots: readonly SlotRange[];
}

/** The shards of the cluster at `place`, whose slots together are all slots, each once. */
export function shards(place: Place, count: number): Shard[] {
  return slotLayout(count).map((slots, index) => {
    const name = `${place.name}-${index}`;
    return {
      index,
      name,
      nodes: Array.from({ length: NODES_PER_SHARD }, (_, ordinal) => `${name}-${ordinal}.${serviceName(place)}`),
      slots,
    };
  });
}
