/** Panels that say what may be the cause, as more than one dashboard has them. */
import { METRICS } from '@wedsync/cache-engine/contract';
import type { Place } from '../../shared/service-names.ts';
import { of } from './figures.ts';
import { figure, type Panel, worseDownward } from './panel.ts';

export function reachingRedis(engine: Place): Panel {
  return figure(
    'Engines that reach Redis',
    'Does every engine reach its Redis Cluster? Those that do not answer from their memory and from the models.',
    'percentunit',
    `avg(${METRICS.warmUp}${of(engine)})`,
    { thresholds: worseDownward(1, 0.5), alert: 'WarmTierDown' },
  );
}
