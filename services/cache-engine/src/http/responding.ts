import type { ServerResponse } from 'node:http';
import { HEADERS } from '../contract.ts';
import type { Answered } from '../engine/answering.ts';
import { textOf } from '../engine/completion.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const EVENTS_TYPE = 'text/event-stream; charset=utf-8';

/** A response with status 200, yet to be sent. */
export interface Reply {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** A character (U+0000 to U+00FF) for each byte of the body: as a string it leaves together with the headers, in one write. */
  readonly body: string;
}

/** Puts an answer into words; the same for a request that is known by its bytes and for one that was read. */
export type Responder = (answered: Answered, now: number) => Reply;

/** A stored completion as it lies there. */
export const respondCompletion: Responder = (answered, now) =>
  replyOf(JSON_TYPE, answered.entry.body.toString('latin1'), answered, now);

/** A stored completion as one event stream, without the usage and with it. */
export const respondStream: Responder = (answered, now) => eventsOf(answered.entry.replay(false), answered, now);
export const respondStreamWithUsage: Responder = (answered, now) =>
  eventsOf(answered.entry.replay(true), answered, now);

/** A stored completion as the plain answer to a vendor's query. */
export const respondQuery: Responder = (answered, now) => {
  const { entry, source, match, stale } = answered;
  const bytes =
    `${entry.derived('query', queryHead)}"source":"${source}","match":"${match}",` +
    `"stale":${stale === undefined ? 'null' : `"${stale}"`},` +
    `"ageSeconds":${entry.ageSeconds(now)},"timeToLiveSeconds":${entry.secondsLeft(now)}}`;
  return replyOf(JSON_TYPE, bytes, answered, now);
};

/** Sends a reply with node's own response, headers and body in one write. */
export function send(response: ServerResponse, { headers, body }: Reply): void {
  response.writeHead(200, headers as string[]);
  response.end(body, 'latin1');
}

/** The part of a query's answer that is the same each time, up to and with the comma; a character a byte, as in a reply. */
function queryHead(entry: Answered['entry']): string {
  const { completion, lifetime } = entry;
  const answeredAt = new Date(lifetime.bornAt).toISOString();
  const text = `${JSON.stringify({ answer: textOf(completion), model: completion.model, answeredAt }).slice(0, -1)},`;
  return Buffer.from(text).toString('latin1');
}

function eventsOf(events: Buffer, answered: Answered, now: number): Reply {
  const { headers, body } = replyOf(EVENTS_TYPE, events.toString('latin1'), answered, now);
  return { headers: [...headers, 'cache-control', 'no-cache'], body };
}

function replyOf(type: string, body: string, { entry, source, match, stale }: Answered, now: number): Reply {
  const headers = [
    'content-type',
    type,
    'content-length',
    String(body.length),
    HEADERS.source,
    source,
    HEADERS.match,
    match,
    HEADERS.age,
    String(entry.ageSeconds(now)),
    HEADERS.timeToLive,
    String(entry.secondsLeft(now)),
  ];
  if (stale !== undefined) headers.push(HEADERS.stale, stale);
  return { headers, body };
}
