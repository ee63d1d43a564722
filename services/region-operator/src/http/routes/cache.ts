import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { VENDOR_TYPES } from '@wedsync/domain';
import { Type } from 'typebox';
import { API, type Removal } from '../../wire.ts';
import { asRole, signedInOf } from '../guards.ts';
import type { Services } from '../services.ts';

const bounded = { additionalProperties: false } as const;
const id = Type.String({ minLength: 1, maxLength: 128 });
const VendorQuery = Type.Object({ vendorId: id }, bounded);

const EntriesQuery = Type.Object(
  {
    vendorId: id,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    weddingId: Type.Optional(id),
    kind: Type.Optional(Type.Enum(['answer', 'alias', 'cold'])),
  },
  bounded,
);

const ExplanationBody = Type.Object(
  {
    vendorId: id,
    vendorType: Type.Enum([...VENDOR_TYPES]),
    weddingId: id,
    weddingDate: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    question: Type.String({ minLength: 1, maxLength: 32_000 }),
    model: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  },
  bounded,
);

/** All that a vendor has at once is not for a button: that is what `/v1/admin/invalidations` is for. */
const RemovalBody = Type.Union([
  Type.Object({ by: Type.Literal('key'), vendorId: id, key: Type.String({ maxLength: 200 }) }, bounded),
  Type.Object(
    { by: Type.Literal('question'), vendorId: id, pattern: Type.String({ minLength: 1, maxLength: 1000 }) },
    bounded,
  ),
]);

/** What the cache holds, why, and removing it, by way of the engine's administration. */
export const cache: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { engine, sessions } = services;
  const onRequest = asRole(sessions, 'viewer');

  app.get(API.vendors, { onRequest }, async () => ({ keys: await engine.keys() }));
  app.get(API.entries, { onRequest, schema: { querystring: EntriesQuery } }, async ({ query }) =>
    engine.entries(query),
  );
  app.get(API.statistics, { onRequest, schema: { querystring: VendorQuery } }, async ({ query }) =>
    engine.statistics(query.vendorId),
  );
  app.post(API.explanations, { onRequest, schema: { body: ExplanationBody } }, async ({ body }) =>
    engine.explain(body),
  );

  app.post(
    API.invalidations,
    { onRequest: asRole(sessions, 'operator'), schema: { body: RemovalBody } },
    async (request) => {
      const removal = request.body as Removal;
      const receipt = await engine.invalidate(removal);
      const { name } = signedInOf(request).account;
      // Who and what, never the question: it may name a person.
      const { by, vendorId } = removal;
      request.log.info(
        { account: name, by, vendorId, receipt: receipt.id, removed: receipt.removed },
        'answers removed',
      );
      return receipt;
    },
  );
};
