import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ResponseReader, type HttpResponse } from './response-reader.ts';

/** Where a server listens. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** PEM of the authority whose certificate the server shows; plain HTTP without it. */
  readonly ca?: string | undefined;
}

interface Waiting {
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A kept connection with one request under way at a time. It does less than any HTTP client, so that the time of asking is
 * small beside the time of answering.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  #waiting: Waiting | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')));
  }

  static async open({ host, port, ca }: Target): Promise<Connection> {
    const socket = ca === undefined ? connectPlain({ host, port }) : connectTls({ host, port, ca });
    await once(socket, ca === undefined ? 'connect' : 'secureConnect');
    return new Connection(socket);
  }

  /** Opens `count` connections at once. */
  static async openAll(target: Target, count: number): Promise<Connection[]> {
    return Promise.all(Array.from({ length: count }, () => Connection.open(target)));
  }

  /** Sends a request and resolves to its response. Rejects when the connection ends before. */
  exchange(request: Buffer): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      if (this.#waiting !== undefined) throw new Error('One request at a time.');
      if (this.#socket.destroyed) throw new Error('The connection is closed.');
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    try {
      const response = this.#reader.push(chunk);
      if (response === undefined) return;
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) throw new Error('A response came that nobody asked for.');
      waiting.resolve(response);
    } catch (error) {
      this.#socket.destroy(error as Error);
    }
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}
