import { createHash } from 'node:crypto';
import { accessSync, constants, lstatSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';

const MEMORY = '/dev/shm';
const ON_DISK = 'secrets-';
const TMPFS_MAGIC = 0x01021994;

/**
 * Makes the folder that holds the Secrets mounted into Pods: in memory where the machine has a tmpfs, so that they
 * never reach a disk, else inside the data folder. What an earlier run left is removed.
 */
export function makeSecretsFolder(data: DataFolder): string {
  for (const entry of readdirSync(data.root)) if (entry.startsWith(ON_DISK)) data.remove(data.path(entry));
  if (!hasMemoryFolder()) return data.attempt('make a folder for Secrets', () => mkdtempSync(data.path(ON_DISK)));
  const prefix = `wedsync-${createHash('sha256').update(data.root).digest('hex').slice(0, 12)}-`;
  for (const entry of readdirSync(MEMORY)) {
    const folder = join(MEMORY, entry);
    if (entry.startsWith(prefix) && lstatSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.()) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return mkdtempSync(join(MEMORY, prefix)); // 0700, and a name nobody could have made before us
}

function hasMemoryFolder(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK | constants.X_OK);
    return statfsSync(MEMORY).type === TMPFS_MAGIC;
  } catch {
    return false;
  }
}
