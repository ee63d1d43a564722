import { adminKeys } from './admin-keys.ts';
import { chatCompletions } from './chat-completions.ts';
import { configuration } from './configuration.ts';
import { embeddings } from './embeddings.ts';
import { entries } from './entries.ts';
import { explanations } from './explanations.ts';
import { invalidations } from './invalidations.ts';
import { models } from './models.ts';
import { operations } from './operations.ts';
import { queries } from './queries.ts';
import { statistics } from './statistics.ts';
import { transfers } from './transfers.ts';
import { weddings } from './weddings.ts';

/** All routes of the engine, in the order in which the API is described. */
export const ROUTES = [
  chatCompletions,
  queries,
  embeddings,
  models,
  invalidations,
  weddings,
  explanations,
  entries,
  statistics,
  adminKeys,
  configuration,
  transfers,
  operations,
] as const;
