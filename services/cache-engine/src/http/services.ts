import type { Clock } from '@wedsync/domain';
import type { Answering } from '../engine/answering.ts';
import type { VendorDirectory } from '../engine/vendor-directory.ts';
import type { Origin } from '../ports/origin.ts';
import type { VendorKeys } from '../ports/vendor-keys.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

/** What the routes work with. */
export interface Services {
  readonly answering: Answering;
  readonly origin: Origin;
  readonly clock: Clock;
  readonly directory: VendorDirectory;
  readonly keys: VendorKeys;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly adminToken: string;
}
