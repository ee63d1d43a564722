import type { Completion } from './completion.ts';

/** First character of a record, raised when its form changes: an older or newer record is then a miss, never misread. */
const RECORD_VERSION = '1';

/** `<version> <born> <expires> <bytes>\n`, followed by that many bytes of the completion's JSON. */
const RECORD_HEAD = /^1 (\d{1,16}) (\d{1,16}) (\d{1,10})\n/;

/** Longest possible head of a record, in bytes. */
const HEAD_LIMIT = 48;

/**
 * A stored answer. Its body is the very response that callers get, so that a hit in any tier is sent without being
 * parsed or built again. `bornAt` and `expiresAt` are instants (epoch milliseconds) and travel with it through the tiers:
 * an entry copied late in its life ends when the original does.
 */
export class Entry {
  readonly body: Buffer;
  /** When the origin gave the answer. */
  readonly bornAt: number;
  /** From when on it may not be served. */
  readonly expiresAt: number;
  #completion: Completion | undefined;

  constructor(body: Buffer, bornAt: number, expiresAt: number) {
    this.body = body;
    this.bornAt = bornAt;
    this.expiresAt = expiresAt;
  }

  /** The entry of a fresh completion. */
  static of(completion: Completion, bornAt: number, expiresAt: number): Entry {
    const entry = new Entry(Buffer.from(JSON.stringify(completion)), bornAt, expiresAt);
    entry.#completion = completion;
    return entry;
  }

  /** The body parsed; done once, and only for callers that want it in another form. */
  get completion(): Completion {
    return (this.#completion ??= JSON.parse(this.body.toString()) as Completion);
  }

  /** Whole seconds since the origin answered. */
  ageSeconds(now: number): number {
    return Math.max(0, Math.floor((now - this.bornAt) / 1000));
  }

  /** Whole seconds for which the entry may still be served; 0 for an answer that was not stored. */
  secondsLeft(now: number): number {
    return Math.max(0, Math.floor((this.expiresAt - now) / 1000));
  }
}

/** The entry as the warm tier stores it. */
export function encodeRecord({ body, bornAt, expiresAt }: Entry): Buffer {
  return Buffer.concat([Buffer.from(`${RECORD_VERSION} ${bornAt} ${expiresAt} ${body.length}\n`), body]);
}

/** The entry in a record; `undefined` for another version, a cut record or anything else that is not one. */
export function decodeRecord(record: Buffer): Entry | undefined {
  const head = RECORD_HEAD.exec(record.toString('latin1', 0, HEAD_LIMIT));
  if (head === null) return undefined;
  const body = record.subarray(head[0].length);
  return body.length === Number(head[3]) ? new Entry(body, Number(head[1]), Number(head[2])) : undefined;
}
