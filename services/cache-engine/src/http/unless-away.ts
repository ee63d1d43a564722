import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** Seconds after which a store that failed over answers again, as a rule. */
const RETRY_AFTER = '2';

/**
 * What `work` comes to. When it fails, whoever asked is told with `detail` what is known of the state of things, and to try again;
 * the log is told why.
 * @throws Problem
 */
export async function unlessAway<Value>(request: FastifyRequest, work: Promise<Value>, detail: string): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) throw error;
    request.log.warn({ err: error, route: request.routeOptions.url }, 'a store did not answer');
    throw new Problem('unavailable', detail, { headers: { 'retry-after': RETRY_AFTER } });
  }
}
