import type { DataFolder } from '../house/data-folder.ts';
import type { JobMemory } from './job.ts';

const FILE = 'jobs.json';

/** Keeps in the data folder which Jobs are complete: what forms a cluster must not run again on its data. */
export class StoredJobMemory implements JobMemory {
  readonly #data: DataFolder;
  readonly #complete: Map<string, string>;

  constructor(data: DataFolder) {
    this.#data = data;
    this.#complete = new Map(Object.entries((data.readJson(FILE) ?? {}) as Record<string, string>));
  }

  isComplete(job: string, revision: string): boolean {
    return this.#complete.get(job) === revision;
  }

  complete(job: string, revision: string): void {
    this.#complete.set(job, revision);
    this.#data.writeJson(FILE, Object.fromEntries(this.#complete));
  }
}
