import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { partitionOf } from '../../engine/answer-key.ts';
import { adminAuthentication, vendorAuthentication, vendorOf } from '../authentication.ts';
import { StatisticsSchema, VendorChoice } from '../schemas.ts';
import type { Services } from '../services.ts';
import { describeStatistics } from '../statistics.ts';
import { unlessAway } from '../unless-away.ts';

/** `/v1/statistics`: what the cache has done for a vendor, and saved it. */
export const statistics: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { ledger, directory, adminToken } = services;
  const response = { 200: StatisticsSchema };

  const booksOf = async (request: FastifyRequest, partition: string) =>
    describeStatistics(await unlessAway(request, ledger.months(partition), 'The books do not answer; try again.'));

  app.get(
    '/v1/statistics',
    {
      onRequest: vendorAuthentication(directory),
      config: { routeName: 'cache' },
      schema: {
        operationId: 'readStatistics',
        summary: 'Tells the vendor’s hits, misses and savings, month by month',
        tags: ['cache'],
        security: [{ vendorKey: [] }],
        response,
      },
    },
    async (request) => booksOf(request, vendorOf(request).partition),
  );

  app.get(
    '/v1/admin/statistics',
    {
      onRequest: adminAuthentication(adminToken),
      config: { routeName: 'admin' },
      schema: {
        operationId: 'readStatisticsOfVendor',
        summary: 'Tells a vendor’s hits, misses and savings, month by month',
        tags: ['administration'],
        security: [{ adminToken: [] }],
        querystring: VendorChoice,
        response,
      },
    },
    async (request) => booksOf(request, partitionOf(request.query.vendorId)),
  );
};
