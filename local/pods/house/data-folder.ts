import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DiskFullError, isDiskFull } from '../errors/disk-full.ts';

const NEARLY_FULL_BYTES = 1024 * 1024;

/**
 * The folder everything of one cluster lies in: volumes, logs, addresses, keys. Readable by its owner alone. Every
 * write reports a full disk to `onDiskFull` once, as a DiskFullError, besides throwing it.
 */
export class DataFolder {
  readonly root: string;
  readonly #onDiskFull: (error: DiskFullError) => void;

  constructor(root: string, onDiskFull: (error: DiskFullError) => void) {
    this.root = root;
    this.#onDiskFull = onDiskFull;
    this.makeFolder(root);
    chmodSync(root, 0o700);
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  /** Makes a folder and those above it. @returns the folder, for use in place */
  makeFolder(folder: string): string {
    this.attempt(`make the folder ${folder}`, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
    return folder;
  }

  /** Writes a whole file or, should anything fail, leaves the one that was there. @param file an absolute path */
  write(file: string, content: string | Uint8Array, mode = 0o600): void {
    this.makeFolder(dirname(file));
    const half = `${file}.tmp`;
    this.attempt(`write ${file}`, () => {
      writeFileSync(half, content, { mode });
      chmodSync(half, mode);
      renameSync(half, file);
    });
  }

  writeJson(name: string, value: unknown): void {
    this.write(this.path(name), `${JSON.stringify(value, null, 1)}\n`);
  }

  /** What `writeJson` wrote under that name, or undefined when there is nothing whole. */
  readJson(name: string): unknown {
    try {
      return JSON.parse(readFileSync(this.path(name), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /**
   * Reports a full disk when that is the likely reason for a failure of a program, which can rarely say so itself: its
   * log lies on the same disk.
   * @param attempt what failed, e.g. `run container redis of Pod shop/redis-0`
   */
  checkSpace(attempt: string, freeBytes = freeBytesOf(this.root)): void {
    if (freeBytes >= NEARLY_FULL_BYTES) return;
    const full = new DiskFullError(this.root, attempt, undefined);
    this.#onDiskFull(full);
    throw full;
  }

  remove(path: string): void {
    rmSync(path, { recursive: true, force: true });
  }

  /** Does something that may need space. @param what for the message: `make the folder x` */
  attempt<T>(what: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      const full = new DiskFullError(this.root, what, error);
      this.#onDiskFull(full);
      throw full;
    }
  }
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
