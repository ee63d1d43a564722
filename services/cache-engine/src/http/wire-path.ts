import { hash } from 'node:crypto';
import { Server as SecureServer } from 'node:https';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SieveStore } from '../engine/hot/sieve-store.ts';
import { Line } from './line.ts';
import type { Reply } from './responding.ts';

/** Longest request that is looked at here, in bytes: a TLS record holds no more, and a longer one is hardly asked again. */
const LONGEST = 16 * 1024;

/** Bytes of what is known at most, and what one request takes of them. */
const CAPACITY = 8 * 1024 * 1024;
const KNOWN_BYTES = 256;

/** Answers a request that is known; false, at once or in the end, when node has to see it this time. */
export type Again<Known> = (known: Known, respond: (reply: Reply) => void) => boolean | Promise<boolean>;

/** What the wire path is made of. */
export interface WirePathParts<Known> {
  readonly again: Again<Known>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Answers requests that came before byte for byte, head and all, without parsing them: bytes that node once read as one whole
 * request, at the beginning of a request, are that request again wherever one can begin. One digest of them leads to what is
 * known. Whatever differs in a single byte, comes in pieces or together with more is node's to read.
 */
export class WirePath<Known> {
  readonly #parts: WirePathParts<Known>;
  readonly #known = new SieveStore<Known>({ capacity: CAPACITY });
  readonly #lines = new WeakMap<Socket, Line>();
  /** What is being looked for: meanwhile node takes the connection for idle, and would close it with the server. */
  readonly #looking = new Set<Promise<void>>();
  #dated = { second: 0, text: '' };

  constructor(parts: WirePathParts<Known>) {
    this.#parts = parts;
  }

  /** Looks at each connection of a server before its parser does. */
  stand(server: Server): void {
    const alive = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(server.keepAliveTimeout / 1000)}\r\n\r\n`;
    server.on(server instanceof SecureServer ? 'secureConnection' : 'connection', (socket: Socket) => {
      const line = new Line();
      this.#lines.set(socket, line);
      /** What came while an answer was being looked for. */
      let waiting: Buffer[] | undefined;
      const read = (chunk: Buffer) => {
        line.feed(chunk);
        parse.call(socket, chunk);
      };
      const take = (chunk: Buffer): void => {
        if (waiting !== undefined) return void waiting.push(chunk);
        const answered = line.idle && this.#answer(socket, chunk, alive);
        if (answered === true) return;
        if (answered === false) return read(chunk);
        waiting = [];
        const looked = answered.then((done) => {
          const later = waiting ?? [];
          waiting = undefined;
          this.#looking.delete(looked);
          if (socket.destroyed) return;
          if (!done) read(chunk);
          later.forEach(take);
        });
        this.#looking.add(looked);
      };
      // A listener of one's own has node's parser take its bytes from the stream, rather than from below it.
      socket.on('data', take);
      const [parse] = socket.listeners('data') as [(chunk: Buffer) => void];
      socket.removeListener('data', parse);
    });
    // Node refuses these by itself, but then the line would not hear of them, and take their bytes for those of the next request.
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      this.begun(request, response);
      response.writeHead(417).end();
    });
  }

  /** Waits until every answer that is being looked for is sent, or its request given to node. */
  async settled(): Promise<void> {
    while (this.#looking.size > 0) await Promise.all(this.#looking);
  }

  /** Notes a request that node has read. */
  begun(request: IncomingMessage, response: ServerResponse): void {
    this.#lines.get(request.socket)?.begun(request, response);
  }

  /** Keeps what is known of the request that node has read, to answer the same bytes without it. */
  learn({ socket }: IncomingMessage, known: Known): void {
    const whole = this.#lines.get(socket)?.whole;
    if (whole !== undefined && whole.length <= LONGEST) this.#known.set(digestOf(whole), known, KNOWN_BYTES);
  }

  #answer(socket: Socket, chunk: Buffer, alive: string): boolean | Promise<boolean> {
    if (chunk.length > LONGEST || socket.writableNeedDrain) return false;
    const known = this.#known.get(digestOf(chunk));
    if (known === undefined) return false;
    return this.#parts.again(known, ({ headers, body }) => {
      let head = 'HTTP/1.1 200 OK\r\n';
      for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
      // Who closed the connection in the meantime is gone.
      if (socket.writable) socket.write(`${head}${this.#date()}${alive}${body}`, 'latin1');
    });
  }

  /** The header `Date`, which changes each second (RFC 9110, 6.6.1). */
  #date(): string {
    const second = Math.floor(this.#parts.now() / 1000);
    if (second !== this.#dated.second)
      this.#dated = { second, text: `Date: ${new Date(second * 1000).toUTCString()}\r\n` };
    return this.#dated.text;
  }
}

function digestOf(bytes: Buffer): string {
  return hash('sha256', bytes, 'binary');
}
