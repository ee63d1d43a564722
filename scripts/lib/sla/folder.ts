import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Files, SlaError } from '@wedsync/sla-report';

/** @throws SlaError when a report of that name is there already. */
export function assertFree(out: string, name: string): void {
  const folder = join(out, name);
  if (existsSync(folder))
    throw new SlaError(`${folder} is there already. Move it away, or name another folder with --out.`);
}

/** Writes a report's files to a folder that is there whole or not at all; gives back its path. */
export function writeFolder(out: string, name: string, files: Files): string {
  const folder = join(out, name);
  mkdirSync(out, { recursive: true });
  const unfinished = mkdtempSync(join(out, `.${name}-`));
  try {
    for (const [file, content] of files) writeFileSync(join(unfinished, file), content);
    // A temporary folder is its maker's alone; a report is for others to read.
    chmodSync(unfinished, 0o755);
    assertFree(out, name);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** All files of a folder. @throws SlaError */
export function readFolder(folder: string): Files {
  try {
    const names = readdirSync(folder, { withFileTypes: true }).map((entry) => entry.name);
    return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))] as const));
  } catch (error) {
    throw new SlaError(`${folder} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
