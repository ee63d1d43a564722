import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { partitionOf } from '../../engine/answer-key.ts';
import type { Selector } from '../../engine/invalidation/selector.ts';
import { adminAuthentication, vendorAuthentication, vendorOf } from '../authentication.ts';
import { describeReceipt, describeReceipts, type PartOfRemoval } from '../receipts.ts';
import { AdminInvalidationRequest, AdminReceipt, InvalidationRequest, ReceiptSchema } from '../schemas.ts';
import type { Services } from '../services.ts';
import { unlessAway } from '../unless-away.ts';

/** Parts of the cache that are gone through at once when every vendor's answers are meant. */
const AT_ONCE = 8;

const AWAY = 'The cache did not confirm the removal, and part of it may be left; ask for it again.';

/** What the administration asks for; the schema has checked that exactly one vendor, or all, are named. */
type AdminRequest = Selector & {
  readonly vendorId?: string;
  readonly everyVendor?: true;
  readonly erase?: boolean;
};

/** `/v1/invalidations`: answers that are forgotten for good, with a receipt. */
export const invalidations: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { invalidation, catalogue, directory, adminToken, clock } = services;

  app.post(
    '/v1/invalidations',
    {
      onRequest: vendorAuthentication(directory),
      config: { routeName: 'cache' },
      schema: {
        operationId: 'invalidate',
        summary: 'Removes answers of the vendor for good, and says what was removed where',
        description:
          'By key, tag, wedding, couple, question pattern, or all that the vendor has. Answers that are being made meanwhile are not kept.',
        tags: ['cache'],
        security: [{ vendorKey: [] }],
        body: InvalidationRequest,
        response: { 200: ReceiptSchema },
      },
    },
    async (request) => {
      const { partition } = vendorOf(request);
      const work = invalidation.invalidate(partition, request.body);
      return describeReceipt(await unlessAway(request, work, AWAY));
    },
  );

  app.post(
    '/v1/admin/invalidations',
    {
      onRequest: adminAuthentication(adminToken),
      config: { routeName: 'admin' },
      schema: {
        operationId: 'invalidateAsAdministration',
        summary: 'Removes answers of one vendor or of all, and destroys a vendor’s keys where that is asked for',
        tags: ['administration'],
        security: [{ adminToken: [] }],
        body: AdminInvalidationRequest,
        response: { 200: AdminReceipt },
      },
    },
    async (request) => {
      const begun = performance.now();
      const selector = request.body as AdminRequest;
      const { vendorId, erase = false } = selector;
      const work =
        vendorId === undefined
          ? everyPart(request, selector)
          : invalidateOne(partitionOf(vendorId), selector, erase).then((part) => [part]);
      const parts = await unlessAway(request, work, AWAY);
      return describeReceipts(randomUUID(), clock.now(), Math.round(performance.now() - begun), parts);
    },
  );

  async function invalidateOne(partition: string, selector: Selector, erase: boolean): Promise<PartOfRemoval> {
    return erase ? invalidation.erase(partition) : invalidation.invalidate(partition, selector);
  }

  /** Goes through every part of the cache; rejects when nothing could be promised in any. */
  async function everyPart(request: FastifyRequest, selector: Selector): Promise<readonly PartOfRemoval[]> {
    const partitions = await catalogue.partitions();
    const parts: PartOfRemoval[] = [];
    const failures: unknown[] = [];
    for (let from = 0; from < partitions.length; from += AT_ONCE) {
      const some = partitions.slice(from, from + AT_ONCE).map((partition) => invalidateOne(partition, selector, false));
      for (const result of await Promise.allSettled(some)) {
        parts.push(result.status === 'fulfilled' ? result.value : undefined);
        if (result.status === 'rejected') failures.push(result.reason);
      }
    }
    if (failures.length > 0 && failures.length === parts.length) throw failures[0];
    if (failures.length > 0)
      request.log.warn({ err: failures[0], failed: failures.length }, 'a removal is not complete');
    return parts;
  }
};
