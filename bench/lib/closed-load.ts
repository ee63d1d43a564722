import { Connection, type Target } from './http/connection.ts';
import type { HttpResponse } from './http/response-reader.ts';

/** A response that is not what it has to be: what is measured would be something else. */
export class WrongResponse extends Error {
  override readonly name = 'WrongResponse';

  constructor(why: string, { head, body }: HttpResponse) {
    super(`${why}. The response was:\n${head}\n\n${body.toString('utf8').slice(0, 400)}`);
  }
}

/** Requests to send, each connection one at a time. */
export interface ClosedLoad {
  readonly target: Target;
  readonly connections: number;
  readonly count: number;
  /** The bytes of the request with this number, from 0. */
  readonly request: (index: number) => Buffer;
  /** Looks at each response. @throws WrongResponse */
  readonly check: (index: number, response: HttpResponse) => void;
  readonly signal: AbortSignal;
}

/** Sends all requests, as fast as the answers come. Rejects with the first response that is wrong. */
export async function closedLoad({ target, connections, count, request, check, signal }: ClosedLoad): Promise<void> {
  const open = await Connection.openAll(target, Math.min(connections, count));
  let next = 0;
  const work = async (connection: Connection) => {
    for (let index = next++; index < count; index = next++) {
      signal.throwIfAborted();
      check(index, await connection.exchange(request(index)));
    }
  };
  try {
    await Promise.all(open.map(work));
  } finally {
    open.forEach((connection) => connection.close());
  }
}
