import { closeSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import type { DataFolder } from './data-folder.ts';

const ROTATE_BYTES = 10 * 1024 * 1024;
const KEEP_MS = 7 * 24 * 3_600_000;
const TAIL_BYTES = 64 * 1024;

/**
 * The log files of the containers, one each: `logs/NAMESPACE.POD.CONTAINER.log`. Programs write to them directly, never
 * through a pipe, which would break under them should this process die.
 */
export class Logs {
  readonly #data: DataFolder;
  readonly #folder: string;

  constructor(data: DataFolder) {
    this.#data = data;
    this.#folder = data.makeFolder(data.path('logs'));
  }

  file(namespace: string, pod: string, container: string): string {
    return `${this.#folder}/${namespace}.${pod}.${container}.log`;
  }

  /** Opens a log for appending, after setting a long one aside as `.1`. @returns a file descriptor; the caller closes it */
  open(file: string): number {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_BYTES) renameSync(file, `${file}.1`);
    return this.#data.attempt(`open ${file}`, () => openSync(file, 'a', 0o600));
  }

  /** Removes logs that nothing has written to for a week: the names of a Deployment's Pods never come back. */
  prune(now: Date): void {
    for (const name of readdirSync(this.#folder)) {
      const file = `${this.#folder}/${name}`;
      const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      if (modified !== undefined && modified < now.getTime() - KEEP_MS) rmSync(file, { force: true });
    }
  }

  /** Removes a Pod's logs. */
  remove(namespace: string, pod: string): void {
    const prefix = `${namespace}.${pod}.`;
    for (const name of readdirSync(this.#folder)) {
      if (name.startsWith(prefix)) rmSync(`${this.#folder}/${name}`, { force: true });
    }
  }

  /** The last lines that a Pod's containers wrote; each begins with its container's name when there are several. */
  tail(namespace: string, pod: string, lines: number): string[] {
    const prefix = `${namespace}.${pod}.`;
    const files = readdirSync(this.#folder).filter((name) => name.startsWith(prefix) && name.endsWith('.log'));
    const label = (name: string) => (files.length > 1 ? `${name.slice(prefix.length, -'.log'.length)}: ` : '');
    return files.flatMap((name) => lastLines(`${this.#folder}/${name}`, lines).map((line) => `${label(name)}${line}`));
  }
}

function lastLines(file: string, lines: number): string[] {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const length = Math.min(size, TAIL_BYTES);
  if (length === 0 || lines <= 0) return [];
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    const read = readSync(descriptor, bytes, 0, length, size - length);
    return bytes.toString('utf8', 0, read).trimEnd().split('\n').slice(-lines);
  } finally {
    closeSync(descriptor);
  }
}
