import { ExtendedKeyUsage, KeyUsageFlags } from './x509-library.ts';
import { CertificateSpecError } from './errors.ts';

const KEY_USAGES: Readonly<Record<string, KeyUsageFlags>> = {
  signing: KeyUsageFlags.digitalSignature,
  'digital signature': KeyUsageFlags.digitalSignature,
  'content commitment': KeyUsageFlags.nonRepudiation,
  'key encipherment': KeyUsageFlags.keyEncipherment,
  'key agreement': KeyUsageFlags.keyAgreement,
  'data encipherment': KeyUsageFlags.dataEncipherment,
  'cert sign': KeyUsageFlags.keyCertSign,
  'crl sign': KeyUsageFlags.cRLSign,
  'encipher only': KeyUsageFlags.encipherOnly,
  'decipher only': KeyUsageFlags.decipherOnly,
};

const EXTENDED_USAGES: Readonly<Record<string, string>> = {
  any: '2.5.29.37.0',
  'server auth': ExtendedKeyUsage.serverAuth,
  'client auth': ExtendedKeyUsage.clientAuth,
  'code signing': ExtendedKeyUsage.codeSigning,
  'email protection': ExtendedKeyUsage.emailProtection,
  's/mime': ExtendedKeyUsage.emailProtection,
  timestamping: ExtendedKeyUsage.timeStamping,
  'ocsp signing': ExtendedKeyUsage.ocspSigning,
};

/** cert-manager's default when a Certificate names no usages. */
const DEFAULT_USAGES = ['digital signature', 'key encipherment'];

export interface Usages {
  readonly keyUsage: KeyUsageFlags;
  /** Object identifiers. */
  readonly extended: readonly string[];
}

/**
 * Translates cert-manager's names of usages; a CA may always sign certificates.
 * @throws CertificateSpecError for a name cert-manager does not know
 */
export function usagesOf(names: readonly string[] | undefined, isCa: boolean): Usages {
  let keyUsage = isCa ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign : 0;
  const extended = new Set<string>();
  for (const name of names ?? DEFAULT_USAGES) {
    const flag = KEY_USAGES[name];
    const identifier = EXTENDED_USAGES[name];
    if (flag !== undefined) keyUsage |= flag;
    else if (identifier !== undefined) extended.add(identifier);
    else {
      const known = [...Object.keys(KEY_USAGES), ...Object.keys(EXTENDED_USAGES)].join(', ');
      throw new CertificateSpecError(`spec.usages has "${name}"; allowed are ${known}.`);
    }
  }
  return { keyUsage, extended: [...extended] };
}
