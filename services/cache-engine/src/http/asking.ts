import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answered } from '../engine/answering.ts';
import { parseControls } from '../engine/controls.ts';
import type { Question } from '../engine/question.ts';
import { requestOf, type PlacedRequest } from '../engine/requesting.ts';
import { vendorOf } from './authentication.ts';
import { deliver, StreamDelivery } from './delivery.ts';
import { whenGone } from './disconnection.ts';
import type { Responder } from './responding.ts';
import type { RouteName } from './metrics.ts';
import type { Services } from './services.ts';

/** How an answer is wanted. */
export interface Wanted {
  readonly route: RouteName;
  readonly respond: Responder;
  /** Given when the answer is to be streamed as it is made. */
  readonly stream?: { readonly includeUsage: boolean } | undefined;
  readonly tags: readonly string[];
}

/** A question of a vendor, with its places and the caller's controls. */
export function placed(request: FastifyRequest, question: Question, tags: readonly string[]): PlacedRequest {
  return requestOf(question, vendorOf(request).partition, parseControls(request.headers['cache-control']), tags);
}

/** Answers a question and keeps, for the next request of the same bytes, how that is done. */
export async function answer(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  question: Question,
  { route, respond, stream, tags }: Wanted,
): Promise<FastifyReply> {
  const { answering, clock, fastPath } = services;
  const vendor = vendorOf(request);
  const asked = placed(request, question, tags).request;
  const served = (answered: Answered, seconds: number) => services.served(answered, route, vendor.partition, seconds);
  if (request.known !== undefined)
    fastPath.remember(request.raw, { vendor: request.known, request: asked, respond, served });

  const { trace } = request;
  const recalled = answering.recall(asked.place, asked.shared, asked.controls);
  if (recalled !== undefined) return deliver(reply, respond, recalled, clock.now());
  if (stream === undefined) {
    const answered = await answering.ask(asked, { signal: whenGone(reply), trace });
    return deliver(reply, respond, answered, clock.now());
  }
  const delivery = new StreamDelivery(reply, stream.includeUsage);
  try {
    const onPart = delivery.part.bind(delivery);
    delivery.finish(await answering.ask(asked, { signal: whenGone(reply), onPart, trace }), clock.now());
  } catch (error) {
    if (!delivery.fail(error)) throw error;
  }
  return reply;
}
