import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { PAGES } from '../../wire.ts';
import type { Services } from '../services.ts';

/** Names of these files have a hash of what is in them. */
const HASHED = '/assets/';

/** The console: every page is the same document, and the files that it loads stay as they are. */
export const pages: FastifyPluginAsync<{ services: Services }> = async (app, { services }) => {
  await app.register(fastifyStatic, {
    root: services.consoleDirectory,
    preCompressed: true,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      if (path.includes(HASHED)) reply.header('cache-control', 'public, max-age=31536000, immutable');
    },
  });
  for (const page of Object.values(PAGES)) app.get(page, (_request, reply) => reply.sendFile('index.html'));
};
