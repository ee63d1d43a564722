/** Which files a report consists of, by their SHA-256. */
import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { SlaError } from '../sla-error.ts';

const MANIFEST_VERSION = 'wedsync.io/sla-manifest/v1';

const MANIFEST = Type.Object({
  schema: Type.Literal(MANIFEST_VERSION),
  report: Type.String(),
  keyId: Type.String(),
  files: Type.Array(
    Type.Object({ name: Type.String({ pattern: '^[^/\\\\]+$' }), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  ),
});
export type Manifest = Static<typeof MANIFEST>;

/** Files of a report by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

export function manifestOf(report: string, keyId: string, files: Files): string {
  const manifest: Manifest = {
    schema: MANIFEST_VERSION,
    report,
    keyId,
    files: [...files].map(([name, content]) => ({ name, sha256: sha256(content) })),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** @throws SlaError */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (Value.Check(MANIFEST, value)) return value;
  throw new SlaError('The manifest is none of this version.');
}
