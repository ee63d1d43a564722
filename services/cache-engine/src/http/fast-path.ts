import { hash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Clock } from '@wedsync/domain';
import type { Answered, Answering, Request } from '../engine/answering.ts';
import { NO_WISHES } from '../engine/controls.ts';
import { SieveStore } from '../engine/hot/sieve-store.ts';
import type { Known } from '../engine/vendor-directory.ts';
import { send, type Reply, type Responder } from './responding.ts';
import { WirePath } from './wire-path.ts';

/** Longest body that is looked at here, in bytes; longer ones are documents, not questions that many ask. */
const LONGEST = 16 * 1024;

/** Longest of what the headers say that decides, in characters; the server takes no longer headers (16 KiB by Node's default). */
const LONGEST_HEAD = 16 * 1024;

/** Where a request is put together to be hashed, without a buffer of its own for each; nothing here waits in between. */
const scratch = Buffer.allocUnsafe(LONGEST_HEAD + LONGEST + 64);

/** Bytes of memos at most, and what each weighs beside the texts of its question. */
const CAPACITY = 32 * 1024 * 1024;
const MEMO_BYTES = 2048;

/** Paths whose requests are looked at. */
const PATHS: ReadonlySet<string> = new Set(['/v1/chat/completions', '/v1/queries']);

/** How a request's answer is found and put into words, worked out when the same bytes came before. */
export interface Memo {
  readonly vendor: Known;
  readonly request: Request;
  readonly respond: Responder;
  /** Told of each answer that was sent, with the seconds that it took. */
  readonly served: (answered: Answered, seconds: number) => void;
}

/** Of the hits of one memo, each so many goes the whole way, which tells the hot tier that its entry is in use. */
const WHOLE_WAY = 8;

/** Of the times that node had to read a known request, the first and each so many more its bytes are kept, headers included. */
const LEARN_EACH = 8;

/** A memo with the answer that it led to last: following every link again costs more than all else on a hit. */
class Remembered {
  readonly memo: Memo;
  /** Whether the caller wishes nothing in particular. */
  readonly plain: boolean;
  last: Answered | undefined;
  hits = 0;
  read = 0;

  constructor(memo: Memo) {
    this.memo = memo;
    this.plain = memo.request.controls === NO_WISHES;
  }

  /** The last answer again, where nothing can have changed about it. */
  again(now: number): Answered | undefined {
    const { last, memo } = this;
    if (last === undefined || ++this.hits % WHOLE_WAY === 0) return undefined;
    const { entry } = last;
    if (!entry.held) {
      // It would take memory beside the hot tier, which has let go of it.
      this.last = undefined;
      return undefined;
    }
    return now < entry.calmUntil && now < memo.vendor.freshUntil ? last : undefined;
  }

  /** Whether the bytes in which the request came now are worth keeping: clients send the same ones, unless they number their requests. */
  isLearnt(): boolean {
    return this.read++ % LEARN_EACH === 0;
  }

  /** Keeps an answer for the next time, where it is the question's own and calm. */
  keep(answered: Answered): void {
    const { match, source, stale } = answered;
    this.last = this.plain && match === 'exact' && source === 'hot' && stale === undefined ? answered : undefined;
  }
}

declare module 'node:http' {
  interface IncomingMessage {
    /** The body, where it was read before the framework saw the request. */
    bodyRead?: Buffer;
    /** The digest under which a memo of this request may be kept. */
    memoKey?: string;
    /** When the request came, as `performance.now()` counts. */
    cameAt?: number;
  }
}

/** What the fast path is made of. */
export interface FastPathParts {
  readonly answering: Answering;
  readonly clock: Clock;
  /** Whether requests are taken now; not while the engine drains. */
  readonly open: () => boolean;
}

/**
 * Answers a request that came before, byte for byte, from the tiers: one digest of the request, one look for its memo, one for
 * its answer. Everything else is handed on to the framework, with the body that was read: no rule of the API is known here.
 *
 * A memo says only where an answer lies. Whether the vendor's key is still good, the answer still there and still fresh is
 * asked each time.
 */
export class FastPath {
  readonly #parts: FastPathParts;
  readonly #memos = new SieveStore<Remembered>({ capacity: CAPACITY });
  readonly #wire: WirePath<Remembered>;

  constructor(parts: FastPathParts) {
    this.#parts = parts;
    this.#wire = new WirePath({
      again: (remembered, respond) => parts.open() && this.#again(remembered, performance.now(), respond),
      now: () => parts.clock.now(),
    });
  }

  /** Answers, of the requests of a server, those that came before before anything reads them. */
  stand(server: Server): void {
    this.#wire.stand(server);
  }

  /** Waits until no request is under way that node does not know of. */
  settled(): Promise<void> {
    return this.#wire.settled();
  }

  /** Takes a request if it may be one that came before; `next` is called for all others, and for what turns out to be none. */
  handle(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    this.#wire.begun(request, response);
    const { url = '' } = request;
    if (request.method !== 'POST' || !PATHS.has(url) || !this.#parts.open()) return next();
    const head = headOf(request.rawHeaders);
    if (head === undefined) return next();
    const cameAt = performance.now();
    let body: Buffer | undefined;
    request.on('data', (chunk: Buffer) => (body = body === undefined ? chunk : Buffer.concat([body, chunk])));
    request.on('end', () => {
      // A body that is not as long as it said fails by itself.
      if (body === undefined || body.length !== head.length) return;
      const key = digestOf(url, head.text, body);
      const remembered = this.#memos.get(key);
      request.cameAt = cameAt;
      request.memoKey = key;
      request.bodyRead = body;
      if (remembered === undefined) return next();
      const settle = (answered: boolean) => {
        if (!answered) next();
        else if (remembered.isLearnt()) this.#wire.learn(request, remembered);
      };
      const answered = this.#again(remembered, cameAt, (reply) => send(response, reply));
      if (typeof answered === 'boolean') settle(answered);
      else void answered.then(settle);
    });
  }

  /** Keeps how a request's answer is found. */
  remember(request: IncomingMessage, memo: Memo): void {
    const { memoKey, bodyRead } = request;
    if (memoKey !== undefined && bodyRead !== undefined)
      this.#memos.set(memoKey, new Remembered(memo), MEMO_BYTES + 2 * bodyRead.length);
  }

  /**
   * Answers from the tiers: at once from the hot one, in the end from those below. False when nothing lies there, or the vendor's
   * key has to be asked about again.
   */
  #again(remembered: Remembered, cameAt: number, respond: (reply: Reply) => void): boolean | Promise<boolean> {
    const { answering, clock } = this.#parts;
    const { memo } = remembered;
    const answer = (answered: Answered, now: number) => {
      respond(memo.respond(answered, now));
      memo.served(answered, (performance.now() - cameAt) / 1000);
      return true;
    };
    const now = clock.now();
    const last = remembered.again(now);
    if (last !== undefined) return answer(last, now);
    if (memo.vendor.freshUntil <= now) return false;
    const { place, shared, controls } = memo.request;
    const recalled = answering.recall(place, shared, controls);
    if (recalled !== undefined) {
      remembered.keep(recalled);
      return answer(recalled, now);
    }
    return answering.find(memo.request).then(
      (found) => found !== undefined && answer(found, clock.now()),
      () => false,
    );
  }
}

/** What the headers say that decides about the answer, and the length of the body. */
interface Head {
  readonly text: string;
  readonly length: number;
}

/**
 * Reads the headers as they came: making an object of them would cost more than all the rest. `undefined` for a request that the
 * framework has to see: without a length or too long, in an encoding, one that waits for a word, or one whose caller traces it.
 */
function headOf(headers: readonly string[]): Head | undefined {
  let [authorization, control, type, length] = ['', '', '', 0];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const value = headers[at + 1] as string;
    switch ((headers[at] as string).toLowerCase()) {
      case 'authorization':
        authorization += value;
        break;
      case 'cache-control':
        control += `${value},`;
        break;
      case 'content-type':
        type += value;
        break;
      case 'content-length':
        length = Number(value);
        break;
      case 'expect':
      case 'content-encoding':
      case 'transfer-encoding':
        return undefined;
      case 'traceparent':
        if (isSampled(value)) return undefined;
    }
  }
  if (!(length > 0 && length <= LONGEST)) return undefined;
  // Values hold no line breaks, so nothing runs together.
  const text = `${authorization}\n${control}\n${type}\n`;
  return text.length <= LONGEST_HEAD ? { text, length } : undefined;
}

/** Whether the caller traces this request (W3C Trace Context: the last bit of the flags): it is then shown step by step. */
function isSampled(traceparent: string): boolean {
  return (Number.parseInt(traceparent.slice(-2), 16) & 1) === 1;
}

/** The digest of everything of a request that decides about its answer. */
function digestOf(url: string, head: string, body: Buffer): string {
  const at = scratch.write(`${url}\n${head}`, 'latin1');
  body.copy(scratch, at);
  return hash('sha256', scratch.subarray(0, at + body.length), 'binary');
}
