import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { ClusterConnections } from './cluster.ts';
import { RedisUnavailable } from './redis-unavailable.ts';

/** A command and its arguments; the first argument is its only key. */
export type WriteCommand = readonly [
  name: 'set' | 'del' | 'hset' | 'hdel',
  key: string,
  ...rest: (string | number | Buffer)[],
];

/** How long to try, and what counts as done. Times in milliseconds. */
export interface WritePolicy {
  /** From the first attempt until the write is given up. */
  readonly giveUpAfter: number;
  /** How long a replica may take to confirm. */
  readonly confirmWithin: number;
  /** Whether a write that only the master holds is done as well; otherwise it is tried again. */
  readonly masterSuffices: boolean;
}

/** Writes that travel together: one `WAIT` at their end speaks for them all. */
interface Packet {
  readonly commands: WriteCommand[];
  readonly sent: Promise<readonly Reply[]>;
}

type Reply = readonly [error: Error | null, result?: unknown];

/** Milliseconds for which a master whose replica did not confirm is taken to have none. */
const ALONE_FOR = 2000;

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
   * Resolves when the write is done as the policy has it.
   * @param command made anew for each attempt, as times to live run on.
   * @throws RedisUnavailable with the last reason, when the policy's time is over.
   */
  async write(command: () => WriteCommand): Promise<void> {
    const end = performance.now() + this.#policy.giveUpAfter;
    for (;;) {
      const reason = await this.#attempt(command());
      if (reason === undefined) return;
      if (performance.now() + PAUSE >= end) throw new RedisUnavailable(`The write was not confirmed: ${reason}.`);
      this.#cluster.doubt();
      await delay(PAUSE);
    }
  }

  /** Why the write is not done; `undefined` when it is. */
  async #attempt(command: WriteCommand): Promise<string | undefined> {
    const [master] = this.#cluster.shardOf(command[1]) ?? [];
    const connection = master === undefined ? undefined : this.#cluster.writes(master);
    if (connection === undefined) return 'its master is not connected';
    const packet = this.#packetFor(connection);
    const place = packet.commands.push(command) - 1;
    const replies = await packet.sent;
    const [error] = replies[place] ?? [new Error('there was no reply')];
    if (error !== null) return error.message;
    // No word from WAIT is not the word that no replica has it: the master died in between, and the write maybe with it.
    const [lost, replicas] = replies.at(-1) ?? [new Error('there was no reply')];
    if (lost !== null) return lost.message;
    return this.#policy.masterSuffices || Number(replicas) >= 1 ? undefined : 'no replica has it';
  }

  /** The packet that leaves next on `connection`, when the one before it is through. */
  #packetFor(connection: Redis): Packet {
    const filling = this.#filling.get(connection);
    if (filling !== undefined) return filling;
    const commands: WriteCommand[] = [];
    const before = this.#underWay.get(connection) ?? Promise.resolve();
    const sent = before.then(() => {
      this.#filling.delete(connection);
      return this.#send(connection, commands);
    });
    this.#underWay.set(connection, sent);
    const packet = { commands, sent };
    this.#filling.set(connection, packet);
    return packet;
  }

  async #send(connection: Redis, commands: readonly WriteCommand[]): Promise<readonly Reply[]> {
    const lines = [...commands, ['wait', 1, this.#patienceWith(connection)]].map((line) => [...line]);
    const replies = await connection
      .pipeline(lines)
      .exec()
      .catch((error: Error) => commands.map(() => [error] as const));
    if (Number(replies?.at(-1)?.[1]) === 0) this.#alone.set(connection, performance.now() + ALONE_FOR);
    return replies ?? [];
  }

  /** Milliseconds to wait for a replica; hardly any where none was there a moment ago and none is needed. */
  #patienceWith(connection: Redis): number {
    const alone = (this.#alone.get(connection) ?? 0) > performance.now();
    return alone && this.#policy.masterSuffices ? 1 : this.#policy.confirmWithin;
  }
}
