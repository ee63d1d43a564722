import type { FastifyPluginAsync } from 'fastify';
import type { Services } from '../services.ts';
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
const ROUTES = [
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

/** The whole API. */
export const api: FastifyPluginAsync<{ services: Services }> = async (app, { services }) => {
  // Plain text is nothing that any route takes: without its parser it is refused like every other foreign type.
  app.removeContentTypeParser('text/plain');
  for (const routes of ROUTES) await app.register(routes, { services });
};
