import type { Place } from '../shared/service-names.ts';
import { clusterAlerts } from './alerts/cluster.ts';
import { consoleAlerts } from './alerts/console.ts';
import { engineAlerts, originAlerts } from './alerts/engine.ts';
import { redisAlerts } from './alerts/redis.ts';
import { secondCalls } from './alerts/second-calls.ts';
import { watchingAlerts } from './alerts/watching.ts';
import { type CalendarFigures, calendarRules } from './calendar.ts';
import type { RuleGroup } from './rules.ts';
import { objectiveRules } from './slo/burn-rates.ts';

/** What the rules are made from. */
export interface MonitoringFigures extends CalendarFigures {
  readonly engine: Place;
  readonly redis: { readonly cache: Place; readonly queue: Place };
  /** The console's operator; `undefined` where there is none. */
  readonly operator: Place | undefined;
  /** The region's own namespaces. */
  readonly namespaces: readonly string[];
}

/** Everything that Prometheus works out for a region. The calendar comes first, since the others ask it. */
export function ruleGroups(figures: MonitoringFigures): RuleGroup[] {
  const { engine, redis, operator, namespaces } = figures;
  const groups: RuleGroup[] = [
    calendarRules(figures),
    ...objectiveRules(),
    { name: 'wedsync.engine', intervalSeconds: 15, alerts: engineAlerts(engine) },
    { name: 'wedsync.origin', intervalSeconds: 15, alerts: originAlerts(engine) },
    { name: 'wedsync.redis', intervalSeconds: 15, alerts: redisAlerts(redis) },
    { name: 'wedsync.cluster', intervalSeconds: 60, alerts: clusterAlerts(namespaces) },
    ...(operator === undefined
      ? []
      : [{ name: 'wedsync.console', intervalSeconds: 30, alerts: consoleAlerts(operator) }]),
  ];
  const { recording, alerts } = secondCalls(groups);
  const watching = { name: 'wedsync.watching', intervalSeconds: 30 };
  return [...groups, { ...watching, recording, alerts: [...watchingAlerts(), ...alerts] }];
}
