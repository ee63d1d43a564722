import type { RegionConfig } from '../../config.ts';
import { SURGE_PERCENT } from '../cache-service/plan.ts';
import type { PodGroup } from '../security/quotas.ts';
import { type Workload, workloads } from './workloads.ts';

/**
 * The season by which quotas are set, all year: a quota that shrank with the season would refuse the smaller Pods that take the
 * place of the greater ones, one after the other.
 */
const SEASON = 'peak';

/** How many there may be at once, where there are `pods` in the end. */
const AT_ONCE: Readonly<Record<Workload['kind'], (pods: number) => number>> = {
  // The season's most, those of the next version beside them, and as many that still answer what they were asked.
  engine: (pods) => pods + 2 * Math.ceil((pods * SURGE_PERCENT) / 100),
  // One of the next version beside them, and one that still answers.
  operator: (pods) => pods + 2,
  // They are replaced one by one and never surge; of a cluster that is being reshaped the old ones go when their slots have moved.
  node: (pods) => pods * 2,
  // The one that mends a cluster every minute, the one that reshapes it, and one of each that has not quite ended.
  keeper: (pods) => pods * 2,
  // One at a time, and its volume is there once.
  backup: (pods) => pods,
};

/** Every Pod that may be there at once: at the peak, in the midst of a rolling update. */
export function podGroups(config: RegionConfig): PodGroup[] {
  return workloads(config, SEASON).map(({ kind, pods, ...group }) => ({
    ...group,
    pods: AT_ONCE[kind](pods.maximum),
  }));
}
