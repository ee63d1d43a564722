import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { DRAIN_SECONDS } from './contract.ts';
import type { Readiness } from '@wedsync/service-kit/readiness';

/**
 * Milliseconds for which a draining engine still accepts connections: balancers need a moment to see that it is not
 * ready, and callers on open connections are told `connection: close` instead of finding them cut.
 */
const ACCEPT_FOR = 500;

/**
 * Stops `app` without failing a request: takes nothing new, finishes what is under way, for DRAIN_SECONDS at most.
 * @returns whether everything was finished in that time.
 */
export async function drain(app: FastifyInstance, readiness: Readiness): Promise<boolean> {
  readiness.draining();
  const over = new AbortController();
  const deadline = delay(DRAIN_SECONDS * 1000, false, { signal: over.signal, ref: false });
  await delay(ACCEPT_FOR);
  const finished = await Promise.race([app.close().then(() => true), deadline]);
  over.abort();
  if (!finished) app.server.closeAllConnections();
  return finished;
}
