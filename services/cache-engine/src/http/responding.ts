import type { ServerResponse } from 'node:http';
import { HEADERS } from '../contract.ts';
import type { Answered } from '../engine/answering.ts';
import { textOf } from '../engine/completion.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const EVENTS_TYPE = 'text/event-stream; charset=utf-8';

/** Puts an answer into an HTTP response; the same for a request that is known by its bytes and for one that was read. */
export type Responder = (response: ServerResponse, answered: Answered, now: number) => void;

/** A stored completion as it lies there. */
export const respondCompletion: Responder = (response, answered, now) => {
  send(response, JSON_TYPE, answered.entry.body.toString('latin1'), answered, now);
};

/** A stored completion as one event stream, without the usage and with it. */
export const respondStream: Responder = (response, answered, now) => {
  send(response, EVENTS_TYPE, answered.entry.replay(false).toString('latin1'), answered, now, true);
};
export const respondStreamWithUsage: Responder = (response, answered, now) => {
  send(response, EVENTS_TYPE, answered.entry.replay(true).toString('latin1'), answered, now, true);
};

/** A stored completion as the plain answer to a vendor's query. */
export const respondQuery: Responder = (response, answered, now) => {
  const { entry, source, match, stale } = answered;
  const bytes =
    `${entry.derived('query', queryHead)}"source":"${source}","match":"${match}",` +
    `"stale":${stale === undefined ? 'null' : `"${stale}"`},` +
    `"ageSeconds":${entry.ageSeconds(now)},"timeToLiveSeconds":${entry.secondsLeft(now)}}`;
  send(response, JSON_TYPE, bytes, answered, now);
};

/** The part of a query's answer that is the same each time, up to and with the comma; a character a byte, as `send` takes it. */
function queryHead(entry: Answered['entry']): string {
  const { completion, lifetime } = entry;
  const answeredAt = new Date(lifetime.bornAt).toISOString();
  const text = `${JSON.stringify({ answer: textOf(completion), model: completion.model, answeredAt }).slice(0, -1)},`;
  return Buffer.from(text).toString('latin1');
}

/**
 * Sends a body.
 * @param bytes a character (U+0000 to U+00FF) for each of its bytes: as a string it leaves together with the headers, in one write.
 */

function send(
  response: ServerResponse,
  type: string,
  bytes: string,
  { entry, source, match, stale }: Answered,
  now: number,
  isStream = false,
): void {
  const headers = [
    'content-type',
    type,
    'content-length',
    String(bytes.length),
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
  if (isStream) headers.push('cache-control', 'no-cache');
  response.writeHead(200, headers);
  response.end(bytes, 'latin1');
}
