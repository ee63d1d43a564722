import { HEADERS } from '@wedsync/cache-engine/contract';
import { closedLoad, WrongResponse, type ClosedLoad } from './closed-load.ts';
import type { Target } from './http/connection.ts';
import { headerOf, type HttpResponse } from './http/response-reader.ts';

/** Requests whose answers are known. */
export interface KnownAnswers {
  readonly requests: readonly Buffer[];
  /** As they were given when all had been asked before. */
  readonly responses: readonly HttpResponse[];
}

/** How requests are asked for the first time. */
export interface FirstAsking {
  readonly target: Target;
  readonly requests: readonly Buffer[];
  /** Whether a body answers the request with this number. */
  readonly answers: (index: number, body: Buffer) => boolean;
  readonly signal: AbortSignal;
}

/** Connections over which questions are asked for the first time: few, so that no provider is flooded. */
const CONNECTIONS = 8;

/** Asks everything twice: once to make the answers, once to learn how they are given from the cache. */
export async function learnAnswers({ target, requests, answers, signal }: FirstAsking): Promise<KnownAnswers> {
  const responses: HttpResponse[] = [];
  const check = (index: number, response: HttpResponse) => {
    if (response.status !== 200 || !answers(index, response.body))
      throw new WrongResponse('An answer is not the one that the provider gives to its question', response);
    responses[index] = response;
  };
  const load = { target, connections: CONNECTIONS, count: requests.length, check, signal };
  const request = (index: number) => requests[index] as Buffer;
  await closedLoad({ ...load, request });
  await closedLoad({ ...load, request });
  return { requests, responses };
}

/** Where an answer came from, as the engine says: `hot`, `warm`, `miss` … */
export function sourceOf(response: HttpResponse): string {
  return headerOf(response, HEADERS.source) ?? 'unknown';
}

/** @throws WrongResponse unless it is the body that is known, byte for byte. */
export function checkSame(response: HttpResponse, known: HttpResponse): void {
  if (response.status !== 200 || !response.body.equals(known.body))
    throw new WrongResponse('An answer differs from the one given before', response);
}

/** The part of the answer to a query that is the same each time: what follows says where it came from and how old it is. */
export function checkSameQuery(response: HttpResponse, known: HttpResponse): void {
  const length = known.body.indexOf('"source"');
  if (response.status !== 200 || length < 0 || known.body.compare(response.body, 0, length, 0, length) !== 0)
    throw new WrongResponse('The answer to a query differs from the one given before', response);
}

/** @throws WrongResponse unless the answer came from `source`. */
export function checkSource(response: HttpResponse, source: string): void {
  if (sourceOf(response) !== source) throw new WrongResponse(`An answer is no ${source} hit`, response);
}

/** Known requests in an order, over and over, whatever their number. */
export function inOrder(
  { requests, responses }: KnownAnswers,
  order: readonly number[],
  check: (response: HttpResponse, known: HttpResponse) => void,
): Pick<ClosedLoad, 'request' | 'check'> {
  const at = (index: number) => order[index % order.length] as number;
  return {
    request: (index) => requests[at(index)] as Buffer,
    check: (index, response) => check(response, responses[at(index)] as HttpResponse),
  };
}
