import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { hashApiKey, newApiKey, newKeyId } from '../../engine/api-key.ts';
import type { VendorKeyRecord } from '../../ports/vendor-keys.ts';
import { adminAuthentication } from '../authentication.ts';
import { Problem } from '../problem.ts';
import { KeyFilter, KeyList, KeyPath, NewKey, NewKeyRequest } from '../schemas.ts';
import type { Services } from '../services.ts';

/** `/v1/admin/keys`: the vendors' API keys, for whoever holds the administration token. */
export const adminKeys: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { keys, clock, adminToken } = services;
  const onRequest = adminAuthentication(adminToken);
  const config = { routeName: 'admin' } as const;
  const common = { tags: ['administration'], security: [{ adminToken: [] }] };

  app.post(
    '/v1/admin/keys',
    {
      onRequest,
      config,
      schema: {
        ...common,
        operationId: 'createKey',
        summary: 'Makes an API key for a vendor; this answer alone shows it',
        body: NewKeyRequest,
        response: { 201: NewKey },
      },
    },
    async (request, reply) => {
      const { vendorId, vendorType = 'other', label = '' } = request.body;
      const key = newApiKey();
      const record = { keyId: newKeyId(), hash: hashApiKey(key), vendorId, vendorType, label, createdAt: clock.now() };
      await keys.add(record).catch(storeAway);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...describe(record), key });
    },
  );

  app.get(
    '/v1/admin/keys',
    {
      onRequest,
      config,
      schema: {
        ...common,
        operationId: 'listKeys',
        summary: 'Lists API keys, of one vendor or of all',
        querystring: KeyFilter,
        response: { 200: KeyList },
      },
    },
    async (request) => ({ keys: (await keys.list(request.query.vendorId).catch(storeAway)).map(describe) }),
  );

  app.delete(
    '/v1/admin/keys/:keyId',
    {
      onRequest,
      config,
      schema: {
        ...common,
        operationId: 'revokeKey',
        summary: 'Revokes an API key; every engine refuses it within a minute',
        params: KeyPath,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const revoked = await keys.revoke(request.params.keyId).catch(storeAway);
      if (!revoked) throw new Problem('not-found', 'There is no API key with this id.');
      return reply.code(204).send(null);
    },
  );
};

function describe({ keyId, vendorId, vendorType, label, createdAt }: VendorKeyRecord) {
  return { keyId, vendorId, vendorType, label, createdAt: new Date(createdAt).toISOString() };
}

function storeAway(): never {
  throw new Problem(
    'unavailable',
    'The store of API keys did not confirm the change; look at the list and try again.',
    { headers: { 'retry-after': '2' } },
  );
}
