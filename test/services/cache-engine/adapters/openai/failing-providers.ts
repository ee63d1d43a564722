import type { ServerResponse } from 'node:http';
import type { OriginFailure } from '../../../../../services/cache-engine/src/ports/origin.ts';
import { cut, delta, eventStream, html, json } from '../../support/provider.ts';
import { completion } from '../../support/questions.ts';

/** How a provider fails, and what that is called. */
export interface Failing {
  readonly answer: (response: ServerResponse) => void;
  readonly failure: OriginFailure;
  readonly retryAfter?: number;
}

export const error = { error: { message: 'no', type: 'x' } };
const finish = [{ index: 0, delta: {}, finish_reason: 'stop' }];

/** What goes wrong at a provider, whether it was asked to stream or not. */
export const FAILING: Readonly<Record<string, Failing>> = {
  'is silent': { answer: () => {}, failure: 'timeout' },
  'hangs up': { answer: (response) => void response.destroy(), failure: 'unavailable' },
  'fails with a 500': { answer: (response) => json(response, error, 500), failure: 'unavailable' },
  'is behind a gateway that shows a page with a 502': {
    answer: (response) => html(response, 502),
    failure: 'unavailable',
  },
  'asks for a pause with a 503': {
    answer: (response) => json(response, error, 503, { 'retry-after': '9' }),
    failure: 'unavailable',
    retryAfter: 9,
  },
  'is over its quota': {
    answer: (response) => json(response, error, 429, { 'retry-after': '7' }),
    failure: 'limited',
    retryAfter: 7,
  },
  'is over its quota until a date in the past': {
    answer: (response) => json(response, error, 429, { 'retry-after': 'Sat, 13 Jun 2026 12:00:00 GMT' }),
    failure: 'limited',
    retryAfter: 0,
  },
  'is over its quota for it does not say how long': {
    answer: (response) => json(response, error, 429),
    failure: 'limited',
  },
  'does not accept the key': { answer: (response) => json(response, error, 401), failure: 'unavailable' },
  'finds fault with the request': { answer: (response) => json(response, error, 422), failure: 'refused' },
  'gives up on the request': { answer: (response) => json(response, error, 408), failure: 'timeout' },
  'shows a page with a 200': { answer: (response) => html(response, 200), failure: 'no-answer' },
  'says an error with a 200': { answer: (response) => json(response, error), failure: 'no-answer' },
  'answers with nothing': { answer: (response) => void response.writeHead(200).end(), failure: 'no-answer' },
  'answers with no choice': {
    answer: (response) => json(response, { ...completion('x'), choices: [] }),
    failure: 'no-answer',
  },
  'is cut off in mid-JSON': {
    answer: (response) => cut(response, 'application/json', JSON.stringify(completion('At 21:20.')).slice(0, 60)),
    failure: 'unavailable',
  },
  'ends in mid-JSON': {
    answer: (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"c'),
    failure: 'no-answer',
  },
  'never stops': {
    answer: (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      for (let i = 0; i < 9; i++) response.write(Buffer.alloc(1024 * 1024, ' '));
    },
    failure: 'no-answer',
  },
};

/** What goes wrong in a stream that has begun. */
export const FAILING_STREAMS: Readonly<Record<string, Failing>> = {
  'is cut off in mid-answer': {
    answer: (response) => {
      eventStream(response)(delta('At '));
      setTimeout(() => response.destroy(), 20);
    },
    failure: 'unavailable',
  },
  'ends in mid-answer': {
    answer: (response) => {
      eventStream(response)(delta('At '));
      response.end();
    },
    failure: 'no-answer',
  },
  'is cut in the midst of the event that would end it': {
    answer: (response) => {
      const send = eventStream(response);
      send(delta('At 21:20.'));
      response.end(
        'data: {"id":"c","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
      );
    },
    failure: 'no-answer',
  },
  'reports an error in mid-answer': {
    answer: (response) => {
      const send = eventStream(response);
      send(delta('At '));
      send([], error);
      send(finish);
      response.end('data: [DONE]\n\n');
    },
    failure: 'unavailable',
  },
  'goes silent in mid-answer': { answer: (response) => eventStream(response)(delta('At ')), failure: 'timeout' },
  'sends a page as events': {
    answer: (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: <html>\n\n'),
    failure: 'no-answer',
  },
};
