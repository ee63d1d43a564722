import { escapeForRegExp } from './escape.ts';
import type { HostName } from './host-names.ts';

/** Replaces host names in a text by addresses, as seen from one namespace. */
export type Rewrite = (text: string) => string;

const DOMAIN_SUFFIXES = ['.svc.cluster.local.', '.svc.cluster.local', '.svc', ''];

/**
 * Makes the function that puts addresses where names of the cluster stand in commands, environments and configuration
 * files: this machine has no DNS of the cluster. A name with a dot is replaced wherever it stands alone; a bare Service
 * name only where a host must stand (after `://` or `@`, or before `:PORT`), for elsewhere it is just a word. All in
 * one pass, longest name first, so that no result is rewritten again.
 */
export function nameRewriter(names: readonly HostName[], namespace: string): Rewrite {
  const dotted = new Map<string, string>();
  const bare = new Map<string, string>();
  for (const name of names) {
    for (const suffix of DOMAIN_SUFFIXES) dotted.set(`${name.host}.${name.namespace}${suffix}`, name.address);
    if (name.namespace === namespace) (name.host.includes('.') ? dotted : bare).set(name.host, name.address);
  }
  if (dotted.size === 0) return (text) => text;
  const patterns = [`(?<![\\w.-])(?:${alternatives(dotted)})(?![\\w-]|\\.\\w)`];
  if (bare.size > 0) {
    const hosts = alternatives(bare);
    patterns.push(`(?<=://|@)(?:${hosts})(?![\\w.-])`, `(?<![\\w./-])(?:${hosts})(?=:\\d)`);
  }
  const pattern = new RegExp(patterns.join('|'), 'g');
  return (text) => text.replace(pattern, (found) => dotted.get(found) ?? bare.get(found) ?? found);
}

function alternatives(names: ReadonlyMap<string, string>): string {
  return [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => escapeForRegExp(name))
    .join('|');
}
