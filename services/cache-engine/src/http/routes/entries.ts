import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { partitionOf, partitionOfKey } from '../../engine/answer-key.ts';
import type { CatalogueQuery } from '../../engine/catalogue.ts';
import { adminAuthentication, vendorAuthentication, vendorOf } from '../authentication.ts';
import { describePage } from '../entries.ts';
import { Problem } from '../problem.ts';
import { AdminEntriesQuery, AliasesQuery, AliasFrame, AliasPath, EntriesPage, EntriesQuery } from '../schemas.ts';
import type { Services } from '../services.ts';
import { unlessAway } from '../unless-away.ts';
import { Type } from 'typebox';

/** Entries on a page when the caller does not say. */
const PAGE = 50;

/** What a page is asked for with: a query string, or a part of one. */
type PageQuery = { [Name in keyof CatalogueQuery]?: CatalogueQuery[Name] | undefined };

/** `/v1/entries` and `/v1/aliases`: what is stored, page by page. */
export const entries: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { catalogue, invalidation, directory, adminToken } = services;
  const vendors = { onRequest: vendorAuthentication(directory), config: { routeName: 'cache' } } as const;
  const common = { tags: ['cache'], security: [{ vendorKey: [] }] };
  const response = { 200: EntriesPage };

  async function page(
    request: FastifyRequest,
    partition: string,
    { limit = PAGE, cursor, weddingId, kind }: PageQuery,
  ) {
    const work = catalogue.page(partition, { limit, cursor, weddingId, kind });
    return describePage(await unlessAway(request, work, 'The cache does not answer; try again.'));
  }

  app.get(
    '/v1/entries',
    {
      ...vendors,
      schema: {
        ...common,
        operationId: 'listEntries',
        summary: 'Lists what is stored for the vendor',
        querystring: EntriesQuery,
        response,
      },
    },
    async (request) => page(request, vendorOf(request).partition, request.query),
  );

  app.get(
    '/v1/aliases',
    {
      ...vendors,
      schema: {
        ...common,
        operationId: 'listAliases',
        summary: 'Lists the questions that another question’s answer serves, and why',
        querystring: AliasesQuery,
        response,
      },
    },
    async (request) => page(request, vendorOf(request).partition, { ...request.query, kind: 'alias' }),
  );

  app.delete(
    '/v1/aliases/:key',
    {
      ...vendors,
      schema: {
        ...common,
        operationId: 'revokeAlias',
        summary: 'Takes an alias back on all engines: its question is asked anew',
        params: AliasPath,
        querystring: AliasFrame,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { key } = request.params;
      const revoked = partitionOfKey(key) === vendorOf(request).partition && revoke(key, request.query.frame);
      const detail = 'The cache did not confirm that the alias is gone; ask for it again.';
      if (!(await unlessAway(request, Promise.resolve(revoked), detail)))
        throw new Problem('not-found', 'There is no alias with this key in this frame.');
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/v1/admin/entries',
    {
      onRequest: adminAuthentication(adminToken),
      config: { routeName: 'admin' },
      schema: {
        operationId: 'listEntriesOfVendor',
        summary: 'Lists what is stored for a vendor',
        tags: ['administration'],
        security: [{ adminToken: [] }],
        querystring: AdminEntriesQuery,
        response,
      },
    },
    async (request) => page(request, partitionOf(request.query.vendorId), request.query),
  );

  async function revoke(key: string, frame: string): Promise<boolean> {
    return (await catalogue.kindOf(key, frame)) === 'alias' && invalidation.revoke(key, frame);
  }
};
