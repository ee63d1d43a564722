import type { Clock } from '@wedsync/domain';
import type { Priority } from '../engine/admission/priority.ts';
import type { Answered, Answering } from '../engine/answering.ts';
import type { Catalogue } from '../engine/catalogue.ts';
import type { Explaining } from '../engine/explanation.ts';
import type { Invalidation } from '../engine/invalidation/invalidation.ts';
import type { Rescheduling } from '../engine/invalidation/rescheduling.ts';
import type { QuestionContext } from '../engine/question.ts';
import type { SettingsBook } from '../engine/settings.ts';
import type { Transfer } from '../engine/transfer.ts';
import type { VendorDirectory } from '../engine/vendor-directory.ts';
import type { ChangeFeed } from '../ports/change-feed.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Origin } from '../ports/origin.ts';
import type { Tracer } from '../ports/tracer.ts';
import type { VendorKeys } from '../ports/vendor-keys.ts';
import type { FastPath } from './fast-path.ts';
import type { Metrics, RouteName } from './metrics.ts';
import type { Readiness } from '@wedsync/service-kit/readiness';

/** What the routes work with. */
export interface Services {
  readonly answering: Answering;
  readonly fastPath: FastPath;
  readonly origin: Origin;
  readonly clock: Clock;
  readonly directory: VendorDirectory;
  readonly keys: VendorKeys;
  readonly invalidation: Invalidation;
  readonly rescheduling: Rescheduling;
  readonly explaining: Explaining;
  readonly catalogue: Catalogue;
  readonly transfer: Transfer;
  readonly settings: SettingsBook;
  readonly feed: ChangeFeed;
  readonly ledger: Ledger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly adminToken: string;
  /** Counts an answer that was sent whole, `seconds` after its request came, to the vendor of this partition. */
  readonly served: (answered: Answered, route: RouteName, partition: string, seconds: number, trace?: string) => void;
  /** How urgent a question is that somebody waits for. */
  readonly urgency: (context: QuestionContext) => Priority;
  /** Without it nothing is traced. */
  readonly tracer: Tracer | undefined;
}
