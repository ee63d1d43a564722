import type { Diagnostic } from './diagnostic.ts';
import type { Violation } from './policy/violation.ts';
import type { Resource } from './resource.ts';

/** What happens during a run, as it happens. */
export type EngineEvent =
  | { readonly kind: 'resource'; readonly resource: Resource }
  | { readonly kind: 'violation'; readonly violation: Violation }
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'output'; readonly from: 'program' | 'pack'; readonly line: string };
