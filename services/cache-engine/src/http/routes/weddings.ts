import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { vendorAuthentication, vendorOf } from '../authentication.ts';
import { checkWeddingDate } from '../dates.ts';
import { RescheduledSchema, RescheduleRequest, WeddingPath } from '../schemas.ts';
import type { Services } from '../services.ts';
import { unlessAway } from '../unless-away.ts';

/** `/v1/weddings/{weddingId}:…`: what happens to a wedding as a whole. */
export const weddings: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { rescheduling, directory } = services;

  app.post(
    // The id is all up to the last colon of its segment, whatever it holds; "::" is the router's way to write a colon.
    '/v1/weddings/:weddingId(^[\\s\\S]+)::reschedule',
    {
      onRequest: vendorAuthentication(directory),
      config: { routeName: 'cache' },
      schema: {
        operationId: 'rescheduleWedding',
        summary: 'Tells the cache that a wedding has another date',
        description:
          'Answers that were given for the old date are dropped; those that only depend on it by their lifetimes get new ones.',
        tags: ['cache'],
        security: [{ vendorKey: [] }],
        params: WeddingPath,
        body: RescheduleRequest,
        response: { 200: RescheduledSchema },
      },
    },
    async (request) => {
      const { date } = request.body;
      checkWeddingDate(date, '#/date');
      const work = rescheduling.reschedule(vendorOf(request).partition, request.params.weddingId, date);
      const detail =
        'The cache did not confirm the new date, and part of its answers may be left as they were; send it again.';
      const { recomputed, dropped } = await unlessAway(request, work, detail);
      return { recomputed, dropped };
    },
  );
};
