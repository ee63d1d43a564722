import type { Clock, RegionName } from '@wedsync/domain';
import type { Charts } from '../live/charts.ts';
import type { Hub } from '../live/hub.ts';
import type { Poller } from '../live/poll.ts';
import type { Engine } from '../ports/engine.ts';
import type { Accounts } from '../sign-in/accounts.ts';
import type { Attempts } from '../sign-in/attempts.ts';
import type { Sessions } from '../sign-in/sessions.ts';
import type { Counts } from './metrics.ts';
import type { Readiness } from '@wedsync/service-kit/readiness';

/** What the routes work with. */
export interface Services {
  readonly region: RegionName;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly hub: Hub;
  readonly poller: Poller;
  readonly charts: Charts;
  /** As the file says now. */
  readonly accounts: () => Accounts;
  readonly attempts: Attempts;
  readonly sessions: Sessions;
  readonly counts: Counts;
  readonly readiness: Readiness;
  /** Milliseconds between two signs of life to a page that watches; `undefined` for the usual ones. */
  readonly heartbeat: number | undefined;
  /** The folder with the console as it was built. */
  readonly consoleDirectory: string;
}
