import type { ServerResponse } from 'node:http';
import type { Viewer } from '../live/hub.ts';

/** Milliseconds after which something is sent when nothing has happened: proxies cut connections that say nothing. */
const HEARTBEAT = 15_000;
/** Milliseconds after which a page that lost the connection tries again. */
const RETRY = 3_000;
/** Bytes that may wait for a page that does not take them: a few snapshots. A page that comes back gets what it has missed. */
const MOST_WAITING = 256 * 1024;

export interface EventStreamOptions {
  /** Begins the telling, and gives back what ends it. */
  readonly join: (viewer: Viewer) => () => void;
  /** Told when the page was cut off because it did not take what it was sent. */
  readonly onDropped: () => void;
  /** Whether who watches may still: asked at every heartbeat, and the stream ends when not. */
  readonly mayWatch: () => Promise<boolean>;
  /** Milliseconds between two heartbeats. @default HEARTBEAT */
  readonly heartbeat?: number | undefined;
}

/** Sends a page every event until it leaves, falls behind, or its session is over (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function eventStream(
  response: ServerResponse,
  { join, onDropped, mayWatch, heartbeat = HEARTBEAT }: EventStreamOptions,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  const send = (text: string) => {
    if (response.writableLength > MOST_WAITING) {
      onDropped();
      response.destroy();
    } else if (!response.destroyed) response.write(text);
  };
  send(`retry: ${RETRY}\n\n`);
  const leave = join({ send, end: () => response.end() });
  const beat = async () => ((await mayWatch()) ? send(': still here\n\n') : response.end());
  const beating = setInterval(() => void beat(), heartbeat);
  response.once('close', () => {
    clearInterval(beating);
    leave();
  });
}
