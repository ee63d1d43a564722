import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, type Clock } from '@wedsync/domain';
import type { AnswerKey } from '../../engine/answer-key.ts';
import type { ColdTier } from '../../ports/cold-tier.ts';
import { coldName, partitionName } from './cold-name.ts';

/** What is being written or removed lies here; no partition's name begins with a dot. */
const TRANSIT = '.transit';

/** Age in milliseconds from which something in transit is what a crash left: no write takes as long. */
const LEFT_BEHIND = 3600_000;

/**
 * A cold tier in a folder: a file a record, `<partition>/<digest>`. A file appears and goes by renaming, so that a record is there
 * whole or not at all, whatever happens to the process; after a power cut it may be empty, and does not open then. Processes may share
 * the folder.
 */
export class FolderColdTier implements ColdTier {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the tier in `folder`, which is made if need be, and clears away what a crash left. */
  static async open(folder: string, clock: Clock = systemClock): Promise<FolderColdTier> {
    await mkdir(join(folder, TRANSIT), { recursive: true, mode: 0o700 });
    const tier = new FolderColdTier(folder);
    await tier.#clearAway(clock.now());
    return tier;
  }

  async get(key: AnswerKey): Promise<Buffer | undefined> {
    return unlessMissing(readFile(this.#pathOf(key)), undefined);
  }

  async put(key: AnswerKey, record: Buffer): Promise<void> {
    const path = this.#pathOf(key);
    const transit = this.#inTransit();
    try {
      await writeFile(transit, record, { mode: 0o600, flag: 'wx' });
      // A partition may be removed between the two steps, over and over; whoever does that wants it gone.
      for (let attempt = 0; ; attempt++) {
        await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
        try {
          await rename(transit, path);
          return;
        } catch (error) {
          if (!isMissing(error) || attempt > 3) throw error;
        }
      }
    } catch (error) {
      await rm(transit, { force: true });
      throw error;
    }
  }

  async remove(keys: readonly AnswerKey[]): Promise<number> {
    const paths = keys.map((key) => this.#pathOf(key));
    let removed = 0;
    // One after the other: thousands at once would run out of file descriptors.
    for (const path of paths)
      removed += await unlessMissing(
        unlink(path).then(() => 1),
        0,
      );
    return removed;
  }

  async removePartition(partition: string): Promise<number> {
    const transit = this.#inTransit();
    const there = await unlessMissing(
      rename(join(this.#folder, partitionName(partition)), transit).then(() => true),
      false,
    );
    if (!there) return 0;
    const records = await readdir(transit);
    await rm(transit, { recursive: true });
    return records.length;
  }

  #pathOf(key: AnswerKey): string {
    const { partition, digest } = coldName(key);
    return join(this.#folder, partition, digest);
  }

  #inTransit(): string {
    return join(this.#folder, TRANSIT, randomUUID());
  }

  async #clearAway(now: number): Promise<void> {
    const folder = join(this.#folder, TRANSIT);
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const changedAt = await unlessMissing(
        stat(path).then(({ ctimeMs }) => ctimeMs),
        Infinity,
      );
      if (now - changedAt > LEFT_BEHIND) await rm(path, { recursive: true, force: true });
    }
  }
}

/** What `reading` gives; `otherwise` when the file or folder is not there. */
async function unlessMissing<Value>(reading: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
