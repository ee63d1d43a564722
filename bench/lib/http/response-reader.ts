/** An HTTP response, whole. */
export interface HttpResponse {
  readonly status: number;
  /** Status line and headers as they came, up to and without the empty line. */
  readonly head: string;
  readonly body: Buffer;
}

const END_OF_HEAD = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked/i;

/** The value of a header; `undefined` without it. `name` has letters, digits and dashes only. */
export function headerOf({ head }: HttpResponse, name: string): string | undefined {
  return new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'i').exec(head)?.[1];
}

/**
 * Reads the responses of one connection, one at a time. It knows what servers under measurement say and no more: a length or
 * chunks without trailers.
 */
export class ResponseReader {
  #bytes: Buffer = Buffer.alloc(0);

  /** Takes what arrived. Gives back the response when it is whole. @throws Error for what is no such response. */
  push(chunk: Buffer): HttpResponse | undefined {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const end = this.#bytes.indexOf(END_OF_HEAD);
    if (end < 0) return undefined;
    const head = this.#bytes.toString('latin1', 0, end);
    const from = end + END_OF_HEAD.length;
    const whole = CHUNKED.test(head) ? this.#chunks(from) : this.#measured(head, from);
    if (whole === undefined) return undefined;
    this.#bytes = this.#bytes.subarray(whole.end);
    return { status: Number(head.slice(9, 12)), head, body: whole.body };
  }

  #measured(head: string, from: number): { body: Buffer; end: number } | undefined {
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined) throw new Error(`A response has neither length nor chunks:\n${head}`);
    const end = from + Number(length);
    return this.#bytes.length < end ? undefined : { body: this.#bytes.subarray(from, end), end };
  }

  #chunks(from: number): { body: Buffer; end: number } | undefined {
    const parts: Buffer[] = [];
    for (let at = from; ;) {
      const line = this.#bytes.indexOf('\r\n', at);
      if (line < 0) return undefined;
      const size = Number.parseInt(this.#bytes.toString('latin1', at, line), 16);
      if (Number.isNaN(size)) throw new Error('A chunk of a response has no size.');
      const end = line + 2 + size + 2;
      if (this.#bytes.length < end) return undefined;
      if (size === 0) return { body: Buffer.concat(parts), end };
      parts.push(this.#bytes.subarray(line + 2, line + 2 + size));
      at = end;
    }
  }
}
