import { randomBytes } from 'node:crypto';
import { EVENTS, type Snapshot } from '../wire.ts';

/** An event as it goes over the wire: text/event-stream. */
export type EventText = string;

/** Whoever is told of every event. */
export interface Viewer {
  /** Takes an event. */
  send(event: EventText): void;
  /** Nothing more will come. */
  end(): void;
}

/** Snapshots that a page that was away for a moment gets afterwards: five minutes of them. */
const KEPT = 60;

/** Keeps what was heard last, and tells everyone who looks. */
export class Hub {
  /** Ids of another process mean nothing to this one. */
  readonly #run = randomBytes(6).toString('hex');
  readonly #viewers = new Set<Viewer>();
  readonly #kept: { readonly number: number; readonly event: EventText }[] = [];
  #number = 0;
  #latest: Snapshot | undefined;

  get latest(): Snapshot | undefined {
    return this.#latest;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  publish(snapshot: Snapshot): void {
    this.#latest = snapshot;
    const number = ++this.#number;
    const event = `id: ${this.#run}-${number}\nevent: ${EVENTS.snapshot}\ndata: ${JSON.stringify(snapshot)}\n\n`;
    this.#kept.push({ number, event });
    if (this.#kept.length > KEPT) this.#kept.shift();
    for (const viewer of this.#viewers) viewer.send(event);
  }

  /**
   * Tells `viewer` everything from now on, and first what it has missed since `lastEventId`; where that is not known any more, that there is a gap,
   * and how things stand now. @returns ends the telling.
   */
  join(viewer: Viewer, lastEventId: string | undefined): () => void {
    const missed = this.#since(lastEventId);
    if (missed === undefined) viewer.send(`event: ${EVENTS.gap}\ndata: {}\n\n`);
    for (const { event } of missed ?? this.#kept.slice(-1)) viewer.send(event);
    this.#viewers.add(viewer);
    return () => this.#viewers.delete(viewer);
  }

  /** Sends everyone away. */
  close(): void {
    for (const viewer of this.#viewers) viewer.end();
    this.#viewers.clear();
  }

  #since(id: string | undefined) {
    const [, run, number] = /^([0-9a-f]+)-(\d+)$/.exec(id ?? '') ?? [];
    if (run !== this.#run || Number(number) < this.#number - this.#kept.length) return undefined;
    return this.#kept.filter((kept) => kept.number > Number(number));
  }
}
