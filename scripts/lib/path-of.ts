import { resolve } from 'node:path';

/** A path as a person means it: from the folder in which they called npm, which runs a script in the project's own. */
export function pathOf(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', file);
}
