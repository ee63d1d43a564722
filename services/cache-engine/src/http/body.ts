import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';
import { BODY_LIMIT } from './problem-of.ts';

type Done = (error: Error | null, body?: unknown) => void;

/** Reads JSON bodies, those included that were read before the framework saw the request. */
export function jsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error') as (
    request: FastifyRequest,
    text: string,
    done: Done,
  ) => void;
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', (request, payload, done) => {
    const read = request.raw.bodyRead;
    if (read !== undefined) parse(request, read.toString(), done);
    else
      readWhole(request, payload, (error, text) => {
        if (error === null) parse(request, text, done);
        else done(error);
      });
  });
}

/** The whole text of a body, unless it is too long or not as long as it said. */
function readWhole(
  request: FastifyRequest,
  payload: NodeJS.ReadableStream,
  done: (error: Error | null, text: string) => void,
): void {
  const stated = request.headers['content-length'];
  const tooLarge = () => done(new Problem('too-large', `The body may have at most ${BODY_LIMIT} bytes.`), '');
  if (stated !== undefined && Number(stated) > BODY_LIMIT) return tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > BODY_LIMIT) finish(tooLarge);
  };
  const onEnd = () => finish(() => done(null, Buffer.concat(chunks).toString()));
  const onError = () => finish(() => done(new Problem('invalid-request', 'The body was cut off.'), ''));
  const finish = (act: () => void) => {
    payload.off('data', onData).off('end', onEnd).off('error', onError);
    act();
  };
  payload.on('data', onData).on('end', onEnd).on('error', onError);
}
