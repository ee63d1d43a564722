import type { FastifyReply } from 'fastify';
import { HEADERS } from '../contract.ts';
import type { Answered } from '../engine/answering.ts';
import { endEvents, errorEvent, partEvent } from '../engine/chunks.ts';
import type { AnswerPart } from '../ports/origin.ts';
import { problemOf } from './problem-of.ts';
import { respondStream, respondStreamWithUsage, send, type Responder } from './responding.ts';

/** Sends an answer with one of the responders, and notes where it came from. */
export function deliver(reply: FastifyReply, respond: Responder, answered: Answered, now: number): FastifyReply {
  reply.answered = answered;
  reply.hijack();
  send(reply.raw, respond(answered, now));
  return reply;
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
    if (!this.#begun) this.#begin();
    this.#reply.raw.write(partEvent(part));
  }

  /** The end of the answer, or all of it when no part was sent. */
  finish(answered: Answered, now: number): void {
    if (!this.#begun) {
      deliver(this.#reply, this.#includeUsage ? respondStreamWithUsage : respondStream, answered, now);
      return;
    }
    this.#reply.answered = answered;
    this.#reply.raw.end(endEvents(answered.entry.completion, this.#includeUsage));
  }

  /** Ends the stream with an error event; false when nothing was sent yet and the error is the reply's to tell. */
  fail(error: unknown): boolean {
    if (!this.#begun) return false;
    this.#reply.raw.end(errorEvent(problemOf(error).body()));
    return true;
  }

  #begin(): void {
    this.#begun = true;
    this.#reply.hijack();
    this.#reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      [HEADERS.source]: 'miss',
      [HEADERS.match]: 'exact',
      [HEADERS.age]: '0',
    });
  }
}
