import { join } from 'node:path';
import { runCommand, userError } from './run.ts';

/** The oldest Go that builds what test/cluster/go.mod names. */
const LEAST_MINOR = 24;

/**
 * The go command: the one on the PATH, in GOROOT, or where Go's own installer puts it.
 * @param need what is missing and to be had by Go only, as the beginning of a sentence
 * @throws an Error, meant to be shown, when there is none that will do
 */
export async function findGo(need: string): Promise<string> {
  const root = process.env['GOROOT'];
  const candidates = ['go', ...(root ? [join(root, 'bin', 'go')] : []), '/usr/local/go/bin/go', '/usr/lib/go/bin/go'];
  let found = '';
  for (const candidate of candidates) {
    const { code, stdout } = await runCommand([candidate, 'env', 'GOVERSION']);
    if (code !== 0) continue;
    found = stdout.trim();
    const [, minor = '0'] = /^go1\.(\d+)/.exec(found) ?? [];
    if (Number(minor) >= LEAST_MINOR) return candidate;
  }
  throw userError(withoutGo(need, found));
}

/** What a person is told who has no Go, or only `found`. */
export function withoutGo(need: string, found: string): string {
  const has = found === '' ? 'none is on the PATH' : `this machine has ${found}`;
  return (
    `${need}, for which Go 1.${LEAST_MINOR} or later is needed, and ${has}. ` +
    'Install Go (https://go.dev/dl), then run the same command again.'
  );
}
