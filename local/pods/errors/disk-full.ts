/** The file system under the data folder is full: nothing that runs there can keep what it acknowledges. */
export class DiskFullError extends Error {
  readonly code = 'DISK_FULL';
  override readonly name = 'DiskFullError';
  readonly folder: string;

  /** @param attempt what could not be done, e.g. `write network.json` */
  constructor(folder: string, attempt: string, cause: unknown) {
    super(
      `The disk under ${folder} is full: could not ${attempt}. Everything was stopped. ` +
        'Free some space there, or choose a data folder on another disk, and start again.',
      cause === undefined ? undefined : { cause },
    );
    this.folder = folder;
  }
}

/** Whether a failed system call says that the disk, or the user's share of it, is full. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
