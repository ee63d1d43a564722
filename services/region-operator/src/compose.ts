import { type Clock, type FreezePlan, regionIdentity, type RegionName } from '@wedsync/domain';
import { countsOf } from './http/metrics.ts';
import { Readiness } from '@wedsync/service-kit/readiness';
import type { Services } from './http/services.ts';
import { Charts } from './live/charts.ts';
import { Hub } from './live/hub.ts';
import { Poller } from './live/poll.ts';
import type { Engine } from './ports/engine.ts';
import type { Metrics } from './ports/metrics.ts';
import type { Accounts } from './sign-in/accounts.ts';
import { Attempts } from './sign-in/attempts.ts';
import { Sessions } from './sign-in/sessions.ts';

/** What the operator is put together from. */
export interface OperatorParts {
  readonly region: RegionName;
  readonly metrics: Metrics;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly freezePlan: FreezePlan;
  readonly accounts: () => Accounts;
  readonly sessionKey: string;
  readonly consoleDirectory: string;
  /** Milliseconds between two looks at Prometheus. @default five seconds */
  readonly pollEvery?: number | undefined;
  /** Milliseconds between two signs of life to a page that watches. @default fifteen seconds */
  readonly heartbeat?: number | undefined;
}

/** Puts the operator together from whatever stands behind its ports. */
export function composeOperator(parts: OperatorParts): Services {
  const { region, metrics, engine, clock, freezePlan, accounts, sessionKey, consoleDirectory } = parts;
  const hub = new Hub();
  const counts = countsOf(() => hub.viewers);
  const observe = (outcome: 'ok' | 'away') => counts.polled(outcome);
  const { zone } = regionIdentity(region);
  return {
    ...{ region, clock, engine, hub, counts, accounts, consoleDirectory },
    heartbeat: parts.heartbeat,
    poller: new Poller({ metrics, hub, clock, zone, freezePlan, observe, every: parts.pollEvery }),
    charts: new Charts(metrics, clock),
    attempts: new Attempts(clock),
    sessions: new Sessions(sessionKey, accounts, clock),
    readiness: new Readiness(),
  };
}
