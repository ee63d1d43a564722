import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** The search path that containers get: this process's own Node first, so that `node` is the same in every script. */
export function searchPath(): string {
  return [dirname(process.execPath), process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter);
}

/** Whether a program of that name is on the search path. */
export function hasProgram(name: string): boolean {
  return searchPath()
    .split(delimiter)
    .some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
