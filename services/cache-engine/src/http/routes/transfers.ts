import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { partitionOf } from '../../engine/answer-key.ts';
import type { Parcel } from '../../engine/transfer.ts';
import { adminAuthentication } from '../authentication.ts';
import { Importing } from '../importing.ts';
import { Problem } from '../problem.ts';
import { ImportReport, VendorChoice } from '../schemas.ts';
import type { Services } from '../services.ts';
import { unlessAway } from '../unless-away.ts';

const NDJSON = 'application/x-ndjson';

/** A text of lines has no schema of its own in OpenAPI. */
const LINES = {
  type: 'string',
  format: 'binary',
  description: 'a JSON object a line: version, key, frame, tags, question and record, for an import',
};

/** `/v1/admin/export` and `/v1/admin/import`: a vendor's answers on their way to another region. */
export const transfers: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { transfer, adminToken } = services;
  const onRequest = adminAuthentication(adminToken);
  const config = { routeName: 'admin' } as const;
  const common = { tags: ['administration'], security: [{ adminToken: [] }], querystring: VendorChoice };

  // A body of any length, read as it comes: only here, as every other route takes JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(NDJSON, (_request, payload, done) => done(null, payload));

  app.get(
    '/v1/admin/export',
    {
      onRequest,
      config,
      schema: {
        ...common,
        operationId: 'exportAnswers',
        summary: 'Gives a vendor’s answers out, opened, one JSON object a line',
        description:
          'An export that cannot be finished breaks its connection off, so that a whole one can be told from a part.',
        response: { 200: { description: 'the answers', content: { [NDJSON]: { schema: LINES } } } },
      },
    },
    async (request, reply: FastifyReply) => {
      const { vendorId } = request.query as { vendorId: string };
      const parcels = transfer.export(partitionOf(vendorId));
      // The first one is waited for: until something is sent, a cache that is away can still be told in a status.
      const first = await unlessAway(request, parcels.next(), 'The cache does not answer; try again.');
      return reply
        .header('cache-control', 'no-store')
        .type(NDJSON)
        .send(Readable.from(lines(first, parcels)));
    },
  );

  app.post(
    '/v1/admin/import',
    {
      onRequest,
      config,
      schema: {
        ...common,
        operationId: 'importAnswers',
        summary: 'Takes a vendor’s answers in, one JSON object a line as an export gives them',
        description:
          'Lines count for themselves: what was taken in stays, and sending a line again changes nothing. A file may be sent in parts.',
        consumes: [NDJSON],
        response: { 200: ImportReport },
      },
    },
    async (request, reply) => {
      const { body } = request as { body: unknown };
      if (!(body instanceof Readable)) throw new Problem('unsupported-media-type', `Send the body as ${NDJSON}.`);
      // What is not read of a body that is refused must not be taken for the next request.
      reply.header('connection', 'close');
      const importing = new Importing(transfer, partitionOf(request.query.vendorId));
      try {
        return await importing.run(body);
      } catch (error) {
        if (error instanceof Problem) throw error;
        request.log.warn({ err: error }, 'an import broke off');
        throw new Problem('unavailable', `The cache stopped taking answers in: ${importing.progress}.`, {
          headers: { 'retry-after': '2' },
        });
      }
    },
  );
};

async function* lines(first: IteratorResult<Parcel, void>, rest: AsyncGenerator<Parcel>): AsyncGenerator<string> {
  if (first.done === true) return;
  yield `${JSON.stringify(first.value)}\n`;
  for await (const parcel of rest) yield `${JSON.stringify(parcel)}\n`;
}
