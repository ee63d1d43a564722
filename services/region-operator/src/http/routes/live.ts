import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { API } from '../../wire.ts';
import { eventStream } from '../event-stream.ts';
import { asRole, signedInBy } from '../guards.ts';
import type { Services } from '../services.ts';

const HistoryQuery = Type.Object({ minutes: Type.Integer({ minimum: 5, maximum: 24 * 60 }) });

/** `/api/events` and `/api/history`: how the region is, as it changes, and how it was. */
export const live: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { hub, poller, charts, sessions, counts, heartbeat } = services;
  const onRequest = asRole(sessions, 'viewer');

  app.get(API.events, { onRequest }, async (request, reply) => {
    const last = request.headers['last-event-id'];
    // What was heard before anybody watched is not how things stand.
    if (poller.stale) await poller.look();
    if (request.raw.destroyed) return reply.hijack();
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    eventStream(reply.raw, {
      join: (viewer) => hub.join(viewer, typeof last === 'string' ? last : undefined),
      onDropped: () => counts.dropped(),
      mayWatch: async () => (await signedInBy(sessions, request.headers.cookie)) !== undefined,
      heartbeat,
    });
    return reply;
  });

  app.get(API.history, { onRequest, schema: { querystring: HistoryQuery } }, async (request) =>
    charts.history(request.query.minutes),
  );
};
