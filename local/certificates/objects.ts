/** The fields of cert-manager's objects that a local CA honours. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export interface CertificateSpec {
  readonly secretName: string;
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly uris?: readonly string[];
  readonly usages?: readonly string[];
  /** Go duration, `2160h` unless given. */
  readonly duration?: string;
  /** How long before its end it is renewed; a third of the duration unless given. */
  readonly renewBefore?: string;
  readonly isCA?: boolean;
  readonly issuerRef: { readonly name: string; readonly kind?: string; readonly group?: string };
  readonly privateKey?: { readonly algorithm?: 'RSA' | 'ECDSA' | 'Ed25519'; readonly size?: number };
  readonly subject?: { readonly organizations?: readonly string[]; readonly organizationalUnits?: readonly string[] };
  readonly secretTemplate?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export interface Certificate extends Manifest {
  readonly kind: 'Certificate';
  readonly spec: CertificateSpec;
}

export interface Issuer extends Manifest {
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly spec: { readonly selfSigned?: unknown; readonly ca?: { readonly secretName: string } };
}

/** A Secret of type `kubernetes.io/tls`; values are base64. */
export interface TlsSecret extends Manifest {
  readonly kind: 'Secret';
  readonly type: 'kubernetes.io/tls';
  readonly data: Readonly<Record<'tls.crt' | 'tls.key' | 'ca.crt', string>>;
}

export const namespaceOf = (object: Manifest): string => object.metadata.namespace ?? 'default';

export const certificateName = (certificate: Certificate): string =>
  `${namespaceOf(certificate)}/${certificate.metadata.name}`;

/** Whether an object is of cert-manager's API. */
export function isCertManager(object: Manifest): boolean {
  return object.apiVersion.startsWith('cert-manager.io/');
}
