import type { ClusterConnections } from '../cluster.ts';
import { MasterReader } from '../master-reader.ts';
import { ReplicatedWriter, type WritePolicy } from '../replicated-writer.ts';
import { beatKey, ENGINES_KEY } from './feed-keys.ts';

/** Milliseconds after its last beat until an engine is taken to be gone. */
const PRESENT_FOR = 5_000;

/** The next beat makes up for one that fails. */
const WRITE: WritePolicy = { giveUpAfter: 500, confirmWithin: 50, masterSuffices: true };

/**
 * Which engines are up: each keeps a key of its own alive. Redis counts the time, as engines' clocks may differ; the set only
 * tells which keys to look at.
 */
export class Presence {
  readonly #master: MasterReader;
  readonly #writer: ReplicatedWriter;

  constructor(cluster: ClusterConnections) {
    this.#master = new MasterReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  /** Says that an engine is up. */
  async beat(engine: string): Promise<void> {
    await this.#writer.write(() => [
      ['set', beatKey(engine), '1', 'PX', PRESENT_FOR],
      ['sadd', ENGINES_KEY, engine],
    ]);
  }

  /** Says that an engine goes. */
  async leave(engine: string): Promise<void> {
    await this.#writer.write(() => [
      ['unlink', beatKey(engine)],
      ['srem', ENGINES_KEY, engine],
    ]);
  }

  /** The engines that are up. Rejects when that is not known within `milliseconds`. */
  async list(milliseconds?: number): Promise<readonly string[]> {
    const { names, beats } = await this.#master.read(
      ENGINES_KEY,
      async (master) => {
        const names = await master.smembers(ENGINES_KEY);
        return { names, beats: names.length === 0 ? [] : await master.mget(names.map(beatKey)) };
      },
      milliseconds,
    );
    const [up, gone] = [names.filter((_, at) => beats[at] !== null), names.filter((_, at) => beats[at] === null)];
    // One that comes back is in the set again with its next beat.
    if (gone.length > 0) this.#writer.write(() => [['srem', ENGINES_KEY, ...gone]]).catch(() => {});
    return up;
  }
}
