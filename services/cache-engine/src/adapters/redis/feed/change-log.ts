import type { Change } from '../../../ports/change-feed.ts';
import type { ClusterConnections } from '../cluster.ts';
import { MasterReader } from '../master-reader.ts';
import { ReplicatedWriter, type WriteCommand, type WritePolicy } from '../replicated-writer.ts';
import { CHANNEL, LOG_KEY } from './feed-keys.ts';

/** What is recorded has to be read by all; without a replica that confirms it, the master's word is enough. */
const WRITE: WritePolicy = { giveUpAfter: 5_000, confirmWithin: 200, masterSuffices: true };

/** Entries that the log keeps, about: an engine that has been away for longer than they took to come has a gap. */
const KEPT = 10_000;

/** Entries that are read at a time. */
const PAGE = 500;

/** Names of an entry's only field: what changed, or which engine began to read here. */
const CHANGE = 'change';
const JOINED = 'joined';

/** The message that something was recorded. */
export const RECORDED = 'recorded';

/** What follows a position in the log. */
export interface Following {
  readonly changes: readonly Change[];
  /** Where to read on; `undefined` when there is nothing left to go on from. */
  readonly position: string | undefined;
  /** Whether the log may hold more already. */
  readonly more: boolean;
  /** Whether the position was no longer in the log: it was cut there, or lost with a master. */
  readonly gap: boolean;
}

/** The log of changes: a stream in the cache's Redis Cluster. */
export class ChangeLog {
  readonly #master: MasterReader;
  readonly #writer: ReplicatedWriter;

  constructor(cluster: ClusterConnections) {
    this.#master = new MasterReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  /** Records a change and wakes the readers. One that is repeated over a failover may stand there twice. */
  async record(change: Change): Promise<void> {
    await this.#writer.write(() => [append(CHANGE, JSON.stringify(change)), ['spublish', CHANNEL, RECORDED]]);
  }

  /** Begins to read: the position after all that is recorded now. It is an entry itself, so that a lost log is seen to be lost. */
  async join(engine: string): Promise<string> {
    const [position] = await this.#writer.write(() => [append(JOINED, engine)]);
    return position as string;
  }

  /** What was recorded after `position`, which must be an entry's. */
  async after(position: string): Promise<Following> {
    const entries = await this.#master.read(LOG_KEY, (master) => master.xrange(LOG_KEY, position, '+', 'COUNT', PAGE));
    const gap = entries[0]?.[0] !== position;
    const last = entries.at(-1)?.[0];
    return {
      changes: (gap ? entries : entries.slice(1)).flatMap(([, [field, value]]) =>
        field === CHANGE && value !== undefined ? [JSON.parse(value) as Change] : [],
      ),
      // Behind the position there may be less than before: a new master numbers by a clock of its own.
      position: last ?? (await this.#end()),
      more: entries.length === PAGE,
      gap,
    };
  }

  async #end(): Promise<string | undefined> {
    const [last] = await this.#master.read(LOG_KEY, (master) => master.xrevrange(LOG_KEY, '+', '-', 'COUNT', 1));
    return last?.[0];
  }
}

function append(field: string, value: string): WriteCommand {
  return ['xadd', LOG_KEY, 'MAXLEN', '~', KEPT, '*', field, value];
}
