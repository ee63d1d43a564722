import type { IncomingMessage, ServerResponse } from 'node:http';

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const EMPTY_LINE = Buffer.from('\r\n');

/**
 * Where node's HTTP parser stands on one connection, worked out from the bytes it is given and the requests it makes of them: whether
 * the next byte begins a request, and which bytes were one request whole and alone.
 *
 * Once the bounds of the requests are not known for sure, as with chunked bodies or several requests at once, they never are again
 * on this connection.
 */
export class Line {
  /** Bytes of the request under way that are yet to come; `undefined` while that is not known, negative once more came than that. */
  #rest: number | undefined = 0;
  /** The bytes with which a request began, until node says which one. */
  #first: Buffer | undefined;
  #response: ServerResponse | undefined;
  #whole: Buffer | undefined;

  /** The request that node was given last, where its bytes came all at once, nothing with them, and another may follow. */
  get whole(): Buffer | undefined {
    return this.#whole;
  }

  /**
   * Whether the next byte begins a request that can be answered past node. Never the first of a connection: node counts how
   * long a connection takes to send a request until it has seen one.
   */
  get idle(): boolean {
    return this.#rest === 0 && this.#response?.socket === null && this.#response.shouldKeepAlive;
  }

  /** Notes bytes that node is about to be given. */
  feed(chunk: Buffer): void {
    const begins = this.#rest === 0 && (this.#response === undefined || this.#response.socket === null);
    this.#whole = undefined;
    if (begins) {
      this.#first = chunk;
      this.#rest = undefined;
    } else if (this.#rest !== undefined) this.#rest -= chunk.length;
  }

  /** Notes the request that node made of the bytes it was given. */
  begun(request: IncomingMessage, response: ServerResponse): void {
    const first = this.#first;
    this.#first = undefined;
    this.#response = response;
    const length = first && lengthOf(first, request.rawHeaders);
    this.#rest = length && length - first.length;
    if (this.#rest === 0 && response.shouldKeepAlive) this.#whole = first;
  }
}

/** Bytes of a request that begins with `first`; `undefined` where its head is not all in there, or it does not say how long it is. */
function lengthOf(first: Buffer, headers: readonly string[]): number | undefined {
  // Empty lines before a request are no part of its head (RFC 9112, 2.2), and would be taken for its end.
  const end = EMPTY_LINE.includes(first[0] ?? 0) ? -1 : first.indexOf(END_OF_HEAD);
  const body = bodyLength(headers);
  return end < 0 || body === undefined ? undefined : end + END_OF_HEAD.length + body;
}

/** Bytes of a body (RFC 9112, 6.3); `undefined` for one in chunks, and for a connection that will not speak HTTP any longer. */
function bodyLength(headers: readonly string[]): number | undefined {
  let length = 0;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    switch ((headers[at] as string).toLowerCase()) {
      case 'content-length':
        length = Number(headers[at + 1]);
        break;
      case 'transfer-encoding':
      case 'upgrade':
        return undefined;
    }
  }
  return Number.isSafeInteger(length) ? length : undefined;
}
