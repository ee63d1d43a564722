import { createRequire } from 'node:module';
import type * as Usearch from 'usearch';

// By `require`: bundled, the package's ES module looks for its native part beside the bundle, and never ends.
export const { Index, MetricKind, ScalarKind, exactSearch } = createRequire(import.meta.url)(
  'usearch',
) as typeof Usearch;
