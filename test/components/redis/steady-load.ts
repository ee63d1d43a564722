import { setTimeout as delay } from 'node:timers/promises';
import { ClusterConnections } from '../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { HedgedReader } from '../../../services/cache-engine/src/adapters/redis/hedged-reader.ts';
import {
  ReplicatedWriter,
  type WritePolicy,
} from '../../../services/cache-engine/src/adapters/redis/replicated-writer.ts';
import type { RunningCluster } from './running-cluster.ts';

/** Reads and writes that each caller has under way at any time, all over the cluster. */
export const CALLERS = 16;
/** Milliseconds between two of a caller's rounds: load, and not all that the machine has. */
const PAUSE = 5;
/** A write is done when a replica has it too; it may take as long as a failover. */
const POLICY: WritePolicy = { giveUpAfter: 10_000, confirmWithin: 500, masterSuffices: true };

/** A steady load by the engine's own client: every write that was acknowledged must be found by every later read. */
export class SteadyLoad {
  readonly #connections: ClusterConnections;
  readonly #writer: ReplicatedWriter;
  readonly #reader: HedgedReader;
  readonly #acknowledged = new Map<string, string>();
  readonly errors: string[] = [];
  #running = true;
  #callers: Promise<unknown> = Promise.resolve();

  private constructor(connections: ClusterConnections, policy: WritePolicy) {
    this.#connections = connections;
    this.#writer = new ReplicatedWriter(connections, policy);
    this.#reader = new HedgedReader(connections);
  }

  /** @param policy what counts as acknowledged. @default a replica's word where there is a replica */
  static async start(cluster: RunningCluster, policy = POLICY): Promise<SteadyLoad> {
    const nodes = cluster.pods
      .status()
      .pods.filter(({ name }) => /-\d+-\d+$/.test(name))
      .map(({ ip }) => ({ host: ip, port: 6379 }));
    const access = { nodes, user: 'engine', password: cluster.password('engine'), ca: cluster.ca };
    const connections = new ClusterConnections(access, () => {});
    await connections.ready;
    const load = new SteadyLoad(connections, policy);
    load.#callers = Promise.all(Array.from({ length: CALLERS }, (_, caller) => load.#call(caller)));
    return load;
  }

  /** How many writes were acknowledged. */
  get writes(): number {
    return this.#acknowledged.size;
  }

  /** Ends the load; resolves with the acknowledged writes that are not to be found. */
  async end(): Promise<string[]> {
    this.#running = false;
    await this.#callers;
    const lost: string[] = [];
    const left = this.#acknowledged.entries();
    const search = async () => {
      // An iterator gives each to one of those who share it.
      for (const [key, value] of left) {
        const found = await this.#reader.get(key).catch((error: Error) => Buffer.from(error.message));
        if (found?.toString() !== value) lost.push(`${key}: ${found?.toString() ?? 'nothing'}`);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, search));
    this.#connections.close();
    return lost;
  }

  async #call(caller: number): Promise<void> {
    for (let round = 0; this.#running; round++) {
      // Names with what a script may stumble over.
      const key = `answer:{${caller}-${round}} "it's"\n${String.fromCharCode(round % 128)}`;
      await this.#attempt(async () => {
        await this.#writer.write(() => [['set', key, `value ${round}`]]);
        this.#acknowledged.set(key, `value ${round}`);
      });
      await this.#attempt(async () => {
        const found = await this.#reader.get(key);
        if (found !== undefined && found.toString() !== `value ${round}`) throw new Error(`read ${found.toString()}`);
        if (found === undefined && this.#acknowledged.has(key))
          throw new Error(`${key} was acknowledged and is not there`);
      });
      await delay(PAUSE);
    }
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    await action().catch((error: Error) => this.errors.push(error.message));
  }
}
