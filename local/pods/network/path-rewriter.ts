import { escapeForRegExp } from './escape.ts';
import type { Rewrite } from './name-rewriter.ts';

/**
 * Makes the function that replaces paths inside a container by the folders of this machine. A path is replaced where it
 * begins a word and ends at a `/` or the end of a word: `/data` in `dir /data` and `/data/x`, not in `/data2`, nor in
 * `http://host/data`. One pass, longest first.
 * @param folders path in the container → folder
 */
export function pathRewriter(folders: ReadonlyMap<string, string>): Rewrite {
  if (folders.size === 0) return (text) => text;
  const alternatives = [...folders.keys()]
    .sort((a, b) => b.length - a.length)
    .map((path) => escapeForRegExp(path))
    .join('|');
  const pattern = new RegExp(`(?<![\\w.\\-/}])(?:${alternatives})(?=/|$|[^\\w.\\-])`, 'g');
  return (text) => text.replace(pattern, (path) => folders.get(path) ?? path);
}
