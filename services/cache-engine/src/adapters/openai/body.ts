import { OriginError } from '../../ports/origin.ts';

/** Bytes that an answer may have; the longest answers of today's models stay below a tenth of it. */
const ANSWER_LIMIT = 8 * 1024 * 1024;

/** The bytes of a response, as they come. @throws OriginError when there are none, or more than any answer has */
export async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === null) throw new OriginError('no-answer', 'The origin sent an empty answer.');
  let length = 0;
  for await (const bytes of body as AsyncIterable<Uint8Array>) {
    length += bytes.length;
    if (length > ANSWER_LIMIT) throw new OriginError('no-answer', `The origin sent more than ${ANSWER_LIMIT} bytes.`);
    yield bytes;
  }
}

/** What a response says in JSON; `undefined` when it is no JSON. Rejects when the connection breaks before its end. */
export async function jsonOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const bytes of bytesOf(response)) chunks.push(bytes);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

/** The media type of a response, without its parameters; the empty string when it has none. */
export function mediaType(response: Response): string {
  const type = response.headers.get('content-type') ?? '';
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}
