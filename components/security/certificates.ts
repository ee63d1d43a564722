/** The shapes of cert-manager (cert-manager.io/v1) that the region uses. */

export type CertificateUsage = 'server auth' | 'client auth' | 'digital signature' | 'cert sign';

/** Asks cert-manager for a key pair in the Secret `secretName`, renewed before it runs out. */
export interface CertificateSpec {
  readonly secretName: string;
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly usages: readonly CertificateUsage[];
  /** How long the certificate is valid, as a Go duration. */
  readonly duration: string;
  /** How long before its end it is renewed, as a Go duration. */
  readonly renewBefore: string;
  readonly isCA?: boolean;
  readonly privateKey: { readonly algorithm: 'ECDSA'; readonly size: 256; readonly rotationPolicy: 'Always' | 'Never' };
  readonly issuerRef: { readonly name: string; readonly kind: 'ClusterIssuer'; readonly group: 'cert-manager.io' };
}

export const CERT_MANAGER_API = 'cert-manager.io/v1' as const;
/** The issuer of every certificate of the region's services. */
export const REGION_ISSUER = 'wedsync-region';
const ROOT_ISSUER = 'wedsync-self-signed';
const CA_SECRET = 'wedsync-region-ca';

const DAY_HOURS = 24;
const days = (count: number) => `${count * DAY_HOURS}h`;

/** The region's certificate authority: ten years, its key kept on renewal, so that what it signed stays valid. */
export const REGION_CA: CertificateSpec = {
  secretName: CA_SECRET,
  commonName: 'WedSync region CA',
  usages: ['cert sign', 'digital signature'],
  duration: days(3650),
  renewBefore: days(365),
  isCA: true,
  privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
  issuerRef: { name: ROOT_ISSUER, kind: 'ClusterIssuer', group: 'cert-manager.io' },
};

/** The cluster issuers: one that signs itself, for the authority alone, and the authority. */
export const CLUSTER_ISSUERS = [
  { name: ROOT_ISSUER, spec: { selfSigned: {} } },
  { name: REGION_ISSUER, spec: { ca: { secretName: CA_SECRET } } },
] as const;

/**
 * A service's certificate, signed by the region's authority. 30 days, a new key each time, renewed with 10 days in hand:
 * more than one attempt on a day that is no Saturday.
 */
export function serviceCertificate(
  secretName: string,
  dnsNames: readonly string[],
  usages: readonly CertificateUsage[],
): CertificateSpec {
  return {
    secretName,
    dnsNames,
    usages,
    duration: days(30),
    renewBefore: days(10),
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    issuerRef: { name: REGION_ISSUER, kind: 'ClusterIssuer', group: 'cert-manager.io' },
  };
}
