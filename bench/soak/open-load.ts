import { Connection, type Target } from '../lib/http/connection.ts';
import type { HttpResponse } from '../lib/http/response-reader.ts';

/** A request of an open load, and what its answer must be. */
export interface Asked {
  readonly request: Buffer;
  /** What is wrong with the response; `undefined` when nothing is. */
  readonly wrong: (response: HttpResponse) => string | undefined;
}

/** Requests that are sent at a constant rate. */
export interface OpenLoad {
  readonly target: Target;
  readonly connections: number;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  /** The request with this number, from 0. */
  readonly asked: (index: number) => Asked;
  /** Told of each answer with the milliseconds since its request was due. */
  readonly onAnswer: (response: HttpResponse, milliseconds: number) => void;
  /** Told of each request without a right answer. */
  readonly onError: (why: string) => void;
  readonly signal: AbortSignal;
}

interface Due {
  readonly asked: Asked;
  readonly at: number;
}

/** Milliseconds between looks at what is due. */
const TICK = 1;

/**
 * Sends each request when it is due, whether or not earlier ones were answered; what finds no free connection waits for one. The time
 * of an answer counts from when its request was due, so a server that stalls is charged with everything that it kept waiting.
 */
export async function openLoad(load: OpenLoad): Promise<void> {
  const { target, rate, seconds, signal } = load;
  const free = await Connection.openAll(target, load.connections);
  const all = new Set(free);
  const waiting: Due[] = [];
  const total = Math.floor(rate * seconds);
  const begin = performance.now();
  let sent = 0;
  let ended = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();

  const end = (connection: Connection | undefined) => {
    if (connection !== undefined) free.push(connection);
    dispatch();
    if (++ended === total) resolve();
  };
  const failed = (broken: Connection, error: unknown) => {
    load.onError(String(error));
    all.delete(broken);
    // Another one in its place: the rate stays what it is.
    Connection.open(target).then(
      (fresh) => {
        all.add(fresh);
        end(fresh);
      },
      (refused: unknown) => reject(refused as Error),
    );
  };
  const send = (connection: Connection, { asked, at }: Due) => {
    connection.exchange(asked.request).then(
      (response) => {
        load.onAnswer(response, performance.now() - at);
        const wrong = asked.wrong(response);
        if (wrong !== undefined) load.onError(wrong);
        end(connection);
      },
      (error: unknown) => failed(connection, error),
    );
  };
  const dispatch = () => {
    // The one that rested longest first: one that rests for minutes is closed by any server, which is no error of it.
    while (waiting.length > 0 && free.length > 0) send(free.shift() as Connection, waiting.shift() as Due);
  };
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * rate));
    for (; sent < due; sent++) waiting.push({ asked: load.asked(sent), at: begin + (sent / rate) * 1000 });
    dispatch();
  }, TICK);
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await promise;
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', abort);
    all.forEach((connection) => connection.close());
  }
}
