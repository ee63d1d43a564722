import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder of this name in the user's cache folder, shared by every checkout. */
export function cacheFolder(...name: readonly string[]): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'wedsync', ...name);
}
