import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { ClusterConnections } from './cluster.ts';
import { RedisUnavailable } from './redis-unavailable.ts';

/** A command and its arguments; the first argument is a key. */
export type WriteCommand = readonly [name: string, key: string, ...rest: (string | number | Buffer)[]];

/** Commands on keys of one slot: carried out in this order, and all at once where there are several. */
export type WriteCommands = readonly [WriteCommand, ...WriteCommand[]];

/** How long to try, and what counts as done. Times in milliseconds. */
export interface WritePolicy {
  /** From the first attempt until the write is given up. */
  readonly giveUpAfter: number;
  /** How long a replica may take to confirm. */
  readonly confirmWithin: number;
  /** Whether a write that only the master holds is done as well; otherwise it is tried again. */
  readonly masterSuffices: boolean;
}

/** For what must hold after a failover too once it is confirmed: settings, and what is booked. */
export const DURABLE: WritePolicy = { giveUpAfter: 5_000, confirmWithin: 300, masterSuffices: false };

/** A command as it is sent. */
type Line = readonly (string | number | Buffer)[];

/** Writes that travel together: one `WAIT` at their end speaks for them all. */
interface Packet {
  readonly lines: Line[];
  readonly sent: Promise<readonly Reply[]>;
}

type Reply = readonly [error: Error | null, result?: unknown];

/** What an attempt came to: the replies, or why the write is not done. */
type Outcome = { readonly replies: readonly unknown[] } | { readonly reason: string };

/** Milliseconds for which a master whose replica did not confirm is taken to have none. */
const ALONE_FOR = 2000;

const NO_REPLY: Reply = [new Error('there was no reply')];

/** Milliseconds between attempts. */
const PAUSE = 50;

/**
 * Writes to a key's master and waits until a replica has it too: Redis replicates after it has answered, and a master
 * that dies in between takes the write with it. `WAIT` speaks of the writes of its own connection and blocks that, so
 * writes to one master go in packets, one at a time, each with one `WAIT`: a replica that is gone costs each packet its
 * time, not each write. The commands are repeatable, and are repeated over a failover.
 */
export class ReplicatedWriter {
  readonly #cluster: ClusterConnections;
  readonly #policy: WritePolicy;
  readonly #underWay = new WeakMap<Redis, Promise<unknown>>();
  readonly #filling = new WeakMap<Redis, Packet>();
  readonly #alone = new WeakMap<Redis, number>();

  constructor(cluster: ClusterConnections, policy: WritePolicy) {
    this.#cluster = cluster;
    this.#policy = policy;
  }

  /**
   * Resolves with the commands' replies when the write is done as the policy has it.
   * @param commands made anew for each attempt, as times to live run on.
   * @throws RedisUnavailable with the last reason, when the policy's time is over.
   */
  async write(commands: () => WriteCommands): Promise<readonly unknown[]> {
    const end = performance.now() + this.#policy.giveUpAfter;
    for (;;) {
      const outcome = await this.#attempt(commands());
      if ('replies' in outcome) return outcome.replies;
      if (performance.now() + PAUSE >= end)
        throw new RedisUnavailable(`The write was not confirmed: ${outcome.reason}.`);
      this.#cluster.doubt();
      await delay(PAUSE);
    }
  }

  async #attempt(commands: WriteCommands): Promise<Outcome> {
    const [master] = this.#cluster.shardOf(commands[0][1]) ?? [];
    const connection = master === undefined ? undefined : this.#cluster.writes(master);
    if (connection === undefined) return { reason: 'its master is not connected' };
    const packet = this.#packetFor(connection);
    const [first, count] = append(packet.lines, commands);
    const packetReplies = await packet.sent;
    const own = Array.from({ length: count }, (_, place) => packetReplies[first + place] ?? NO_REPLY);
    const [error, last] = own.find(([failure]) => failure !== null) ?? own.at(-1) ?? NO_REPLY;
    if (error !== null) return { reason: error.message };
    const replies = commands.length === 1 ? [last] : (last as readonly unknown[]);
    const failed = replies.find((reply) => reply instanceof Error);
    if (failed !== undefined) return { reason: failed.message };
    // No word from WAIT is not the word that no replica has it: the master died in between, and the write maybe with it.
    const [lost, replicas] = packetReplies.at(-1) ?? NO_REPLY;
    if (lost !== null) return { reason: lost.message };
    if (!this.#policy.masterSuffices && Number(replicas) < 1) return { reason: 'no replica has it' };
    return { replies };
  }

  /** The packet that leaves next on `connection`, when the one before it is through. */
  #packetFor(connection: Redis): Packet {
    const filling = this.#filling.get(connection);
    if (filling !== undefined) return filling;
    const lines: Line[] = [];
    const before = this.#underWay.get(connection) ?? Promise.resolve();
    const sent = before.then(() => {
      this.#filling.delete(connection);
      return this.#send(connection, lines);
    });
    this.#underWay.set(connection, sent);
    const packet = { lines, sent };
    this.#filling.set(connection, packet);
    return packet;
  }

  async #send(connection: Redis, lines: readonly Line[]): Promise<readonly Reply[]> {
    const packet = [...lines, ['wait', 1, this.#patienceWith(connection)]].map((line) => [...line]);
    const replies = await connection
      .pipeline(packet)
      .exec()
      .catch((error: Error) => packet.map(() => [error] as const));
    if (Number(replies?.at(-1)?.[1]) === 0) this.#alone.set(connection, performance.now() + ALONE_FOR);
    return replies ?? [];
  }

  /** Milliseconds to wait for a replica; hardly any where none was there a moment ago and none is needed. */
  #patienceWith(connection: Redis): number {
    const alone = (this.#alone.get(connection) ?? 0) > performance.now();
    return alone && this.#policy.masterSuffices ? 1 : this.#policy.confirmWithin;
  }
}

/** Puts commands at the end of `lines`, several as a transaction; where their lines begin and how many there are. */
function append(lines: Line[], commands: WriteCommands): readonly [first: number, count: number] {
  const own: readonly Line[] = commands.length === 1 ? commands : [['multi'], ...commands, ['exec']];
  return [lines.push(...own) - own.length, own.length];
}
