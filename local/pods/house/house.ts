import { createHash, randomUUID } from 'node:crypto';
import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { DataFolderBusyError } from '../errors/data-folder-busy.ts';
import { DataFolderUnusableError } from '../errors/data-folder-unusable.ts';
import { DiskFullError, isDiskFull } from '../errors/disk-full.ts';
import { DataFolder } from './data-folder.ts';
import { Launcher } from './launcher.ts';
import { takeLock, type Lock } from './lock.ts';
import { Logs } from './logs.ts';
import { hasProgram } from './programs.ts';
import { Reaper } from './reaper.ts';
import { makeSecretsFolder } from './secrets-folder.ts';
import { RUN_ID, RUN_MARK, sweep } from './sweep.ts';

const HOLDER_FILE = 'run.json';

/** What keeps a run apart from others and leaves nothing of it behind. */
export class House {
  readonly data: DataFolder;
  readonly logs: Logs;
  readonly launcher: Launcher;
  readonly secretsFolder: string;
  /** Processes of an earlier run that was killed, which were still there. */
  readonly swept: readonly number[];
  readonly #lock: Lock;
  readonly #reaper: Reaper;

  private constructor(data: DataFolder, lock: Lock, swept: readonly number[]) {
    this.data = data;
    this.#lock = lock;
    this.swept = swept;
    const runId = randomUUID();
    data.writeJson(HOLDER_FILE, { pid: process.pid });
    data.remove(data.path('pods')); // what the Pods of an earlier run had for themselves
    this.secretsFolder = makeSecretsFolder(data);
    this.logs = new Logs(data);
    this.#reaper = new Reaper(`${RUN_ID}=${runId}`, this.secretsFolder);
    const marks = { [RUN_MARK]: data.root, [RUN_ID]: runId };
    this.launcher = new Launcher(this.#reaper, this.logs, marks, hasProgram('setpriv'));
  }

  /**
   * Takes the data folder for this process and ends what an earlier, killed run left.
   * @throws DataFolderBusyError when another run has it
   * @throws DataFolderUnusableError when it cannot be a data folder
   * @throws DiskFullError when there is no space to begin with
   */
  static async enter(dataDir: string, onDiskFull: (error: DiskFullError) => void): Promise<House> {
    const data = new DataFolder(usableFolder(dataDir), onDiskFull);
    const { root } = data;
    const lock = await takeLock(`data/${createHash('sha256').update(root).digest('hex')}`);
    if (!lock) {
      const holder = data.readJson(HOLDER_FILE) as { pid?: number } | undefined;
      throw new DataFolderBusyError(root, holder?.pid);
    }
    try {
      return new House(data, lock, await sweep(root));
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Ends every process that is left, removes the mounted Secrets and gives the folder free. */
  async leave(): Promise<void> {
    await sweep(this.data.root);
    await this.#reaper.dismiss();
    this.data.remove(this.secretsFolder);
    this.data.remove(this.data.path(HOLDER_FILE));
    await this.#lock.release();
  }
}

/** The folder's real path, made if it was not there: the kernel shows open files by their real path. */
function usableFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (isDiskFull(error)) throw new DiskFullError(dataDir, 'make it', error);
    throw new DataFolderUnusableError(dataDir, `cannot be used: ${(error as Error).message}`, { cause: error });
  }
  const root = realpathSync(dataDir);
  if (/[^\w./@%+,=:-]/.test(root)) {
    const problem =
      'has characters in its path that would break commands it is put into; letters, digits and ./_-@%+,=: are safe';
    throw new DataFolderUnusableError(root, problem);
  }
  return root;
}
