import type { Delivery, Transfer } from '../engine/transfer.ts';
import { linesOf, type NumberedLine } from './parcel-lines.ts';
import { readParcel, type Refusal } from './parcels.ts';
import { Problem } from './problem.ts';

/** Bytes of one line: an answer of a megabyte in base64, with its question. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** Bytes of one import: far more than a vendor has. */
const LONGEST_BODY = 8 * 1024 ** 3;

/** Answers that are stored at once: each waits for a replica to confirm it. */
const AT_ONCE = 16;

/** Refused lines that are named. */
const NAMED = 20;

/** Takes the lines of one import in, never more than a few at once. */
export class Importing {
  readonly #transfer: Transfer;
  readonly #partition: string;
  readonly #refusals: { readonly line: number; readonly reason: Refusal }[] = [];
  #stored = 0;
  #expired = 0;
  #refused = 0;
  /** Every line up to this one has been dealt with. */
  #done = 0;

  constructor(transfer: Transfer, partition: string) {
    this.#transfer = transfer;
    this.#partition = partition;
  }

  /** How far the import has come, for whoever has to go on with it. */
  get progress(): string {
    return `${this.#stored} are stored, and every line up to ${this.#done} is dealt with; send the rest again`;
  }

  /**
   * Reads `body` to its end. Rejects when the warm tier is away; `progress` says then what was done.
   * @throws Problem when the body is cut off or too long.
   */
  async run(body: AsyncIterable<Uint8Array>) {
    let batch: NumberedLine[] = [];
    for await (const line of linesOf(this.#bounded(body), LONGEST_LINE)) {
      batch.push(line);
      if (batch.length < AT_ONCE) continue;
      await this.#take(batch);
      batch = [];
    }
    await this.#take(batch);
    return { stored: this.#stored, expired: this.#expired, refused: this.#refused, refusals: this.#refusals };
  }

  async #take(batch: readonly NumberedLine[]): Promise<void> {
    const deliveries = await Promise.allSettled(batch.map(({ text }) => this.#deliver(text)));
    const failed = deliveries.find((delivery) => delivery.status === 'rejected');
    deliveries.forEach((delivery, index) => {
      if (delivery.status === 'fulfilled') this.#count(batch[index]?.number ?? 0, delivery.value);
    });
    if (failed !== undefined) throw failed.reason;
    this.#done = batch.at(-1)?.number ?? this.#done;
  }

  async #deliver(text: string | undefined): Promise<'stored' | 'expired' | Refusal> {
    if (text === undefined) return 'too long';
    const read = readParcel(text);
    return 'refusal' in read ? read.refusal : refusalOf(await this.#transfer.import(this.#partition, read.parcel));
  }

  #count(line: number, delivery: 'stored' | 'expired' | Refusal): void {
    if (delivery === 'stored') this.#stored++;
    else if (delivery === 'expired') this.#expired++;
    else {
      this.#refused++;
      if (this.#refusals.length < NAMED) this.#refusals.push({ line, reason: delivery });
    }
  }

  async *#bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let size = 0;
    try {
      for await (const chunk of body) {
        size += chunk.length;
        if (size > LONGEST_BODY)
          throw new Problem('too-large', `An import has at most ${LONGEST_BODY} bytes; ${this.progress}.`);
        yield chunk;
      }
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem('invalid-request', `The body was cut off; ${this.progress}.`);
    }
  }
}

function refusalOf(delivery: Delivery): 'stored' | 'expired' | Refusal {
  switch (delivery) {
    case 'not-an-answer':
      return 'not an answer';
    case 'another-partition':
      return 'another vendor’s';
    case 'stored':
    case 'expired':
      return delivery;
  }
}
