import { CompactSign, importJWK } from 'jose';
import { keyId, type PrivateKey, publicHalf } from './keys.ts';
import { type Files, manifestOf } from './manifest.ts';
import { SIGNATURE_TYPE, SIGNING_FILES } from './names.ts';

/**
 * The files of a report with their manifest, its detached signature (RFC 7515, appendix F; EdDSA, so the same again gives the same bytes) and the public
 * half of the key.
 *
 * @param report its name, `uk-south-2026-10`
 */
export async function signed(report: string, files: Files, key: PrivateKey): Promise<Files> {
  const kid = await keyId(key);
  const manifest = Buffer.from(manifestOf(report, kid, files));
  const compact = await new CompactSign(manifest)
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: SIGNATURE_TYPE })
    .sign(await importJWK(key, 'EdDSA'));
  const [header, , signature] = compact.split('.');
  return new Map<string, Uint8Array>([
    ...files,
    [SIGNING_FILES.manifest, manifest],
    [SIGNING_FILES.signature, Buffer.from(`${header}..${signature}\n`)],
    [SIGNING_FILES.publicKey, Buffer.from(`${JSON.stringify(publicHalf(key))}\n`)],
  ]);
}
