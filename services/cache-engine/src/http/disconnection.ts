import type { FastifyReply } from 'fastify';
import { Problem } from './problem.ts';

/** A signal that fires when the caller hangs up before its answer was sent whole; nobody is there to read its reason. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished)
      gone.abort(new Problem('caller-gone', 'The caller hung up before its answer was sent.'));
  });
  return gone.signal;
}
