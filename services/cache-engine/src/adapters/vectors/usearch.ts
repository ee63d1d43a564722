import { createRequire } from 'node:module';
import type * as Usearch from 'usearch';

// By `require`, which the bundler leaves alone: bundled, the package does not find its native part.
export const { Index, MetricKind, ScalarKind, exactSearch } = createRequire(import.meta.url)(
  'usearch',
) as typeof Usearch;
