import { generateKey, exportKey, signCertificate } from '../../../local/certificates/x509.ts';
import { usagesOf } from '../../../local/certificates/usages.ts';

/** PEM texts of a certificate, its key, and the authority that signed it. */
export interface BenchCertificate {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

const DAY = 24 * 3600 * 1000;

/** A certificate for these IP addresses, good for a day, signed by an authority of its own. */
export async function certificateFor(addresses: readonly string[]): Promise<BenchCertificate> {
  const midnight = Math.floor(Date.now() / DAY) * DAY;
  const validity = { notBefore: new Date(midnight - DAY), notAfter: new Date(midnight + 2 * DAY) };
  const authorityKeys = await generateKey();
  const authority = {
    ...{ ...validity, subject: 'CN=bench authority', names: [], isCa: true },
    usages: usagesOf(['cert sign', 'crl sign'], true),
  };
  const ca = await signCertificate(authority, authorityKeys, undefined);
  const keys = await generateKey();
  const content = {
    ...{ ...validity, subject: 'CN=bench', isCa: false },
    names: addresses.map((value) => ({ type: 'ip' as const, value })),
    usages: usagesOf(['digital signature', 'server auth', 'client auth'], false),
  };
  const cert = await signCertificate(content, keys, { chain: ca, key: await exportKey(authorityKeys) });
  return { cert, key: await exportKey(keys), ca };
}
