import type { FastifyReply } from 'fastify';
import { HEADERS } from '../contract.ts';
import type { Answered, Source } from '../engine/answering.ts';
import { endEvents, errorEvent, partEvent, replayEvents } from '../engine/chunks.ts';
import type { Entry } from '../engine/entry.ts';
import type { AnswerPart } from '../ports/origin.ts';
import { problemOf } from './problem-of.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const EVENTS_TYPE = 'text/event-stream; charset=utf-8';

/** The headers that say where an answer came from. */
export function originHeaders(source: Source, entry: Entry, now: number): Record<string, string> {
  return {
    [HEADERS.source]: source,
    [HEADERS.age]: String(entry.ageSeconds(now)),
    [HEADERS.timeToLive]: String(entry.secondsLeft(now)),
  };
}

/** Sends a stored completion as it lies there. */
export function sendCompletion(reply: FastifyReply, { entry, source }: Answered, now: number): FastifyReply {
  reply.answerSource = source;
  return reply
    .headers(originHeaders(source, entry, now))
    .type(JSON_TYPE)
    .send(entry.body);
}

/**
 * Sends one answer as OpenAI's event stream: the parts of a fresh answer as they come, anything else in one piece. Until
 * the first byte an error can still become a proper status, so nothing is sent before there is something to say.
 */
export class StreamDelivery {
  readonly #reply: FastifyReply;
  readonly #includeUsage: boolean;
  #begun = false;

  constructor(reply: FastifyReply, includeUsage: boolean) {
    this.#reply = reply;
    this.#includeUsage = includeUsage;
  }

  /** A part of an answer that the origin is giving right now. */
  part(part: AnswerPart): void {
    if (!this.#begun) this.#begin('miss', { [HEADERS.age]: '0' });
    this.#reply.raw.write(partEvent(part));
  }

  /** The end of the answer, or all of it when no part was sent. */
  finish({ entry, source }: Answered, now: number): void {
    if (this.#begun) {
      this.#reply.raw.end(endEvents(entry.completion, this.#includeUsage));
      return;
    }
    this.#begin(source, originHeaders(source, entry, now));
    this.#reply.raw.end(replayEvents(entry.completion, this.#includeUsage));
  }

  /** Ends the stream with an error event; false when nothing was sent yet and the error is the reply's to tell. */
  fail(error: unknown): boolean {
    if (!this.#begun) return false;
    this.#reply.raw.end(errorEvent(problemOf(error).body()));
    return true;
  }

  #begin(source: Source, headers: Record<string, string>): void {
    this.#begun = true;
    this.#reply.answerSource = source;
    this.#reply.hijack();
    this.#reply.raw.writeHead(200, {
      ...headers,
      [HEADERS.source]: source,
      'content-type': EVENTS_TYPE,
      'cache-control': 'no-cache',
    });
  }
}
