import { redisShards, type Season, SEASONS } from '@wedsync/domain';
import { slotCount, slotMoves } from './slots.ts';

/** What a change of season does to the shards of a cluster. */
export interface Reshaping {
  /** `pre-season → peak`. */
  readonly change: string;
  /** `4 → 6`. */
  readonly shards: string;
  /** One a pair of shards, in words; empty where no slot moves. */
  readonly steps: readonly string[];
}

/** The seasons in the order of the year. */
const YEAR: readonly Season[] = ['pre-season', 'peak', 'off-season'];

/** What the year does to the cluster called `name` that has `full` shards at full size; an update in the new season does it. */
export function reshapings(name: string, full: number): Reshaping[] {
  return YEAR.map((season, index) => {
    const before = YEAR.at(index - 1) ?? SEASONS[0];
    const [from, to] = [redisShards(full, before), redisShards(full, season)];
    return {
      change: `${before} → ${season}`,
      shards: `${from} → ${to}`,
      steps: slotMoves(from, to).map(
        (move) => `${name}-${move.from} gives ${slotCount(move.ranges)} slots to ${name}-${move.to}`,
      ),
    };
  });
}
