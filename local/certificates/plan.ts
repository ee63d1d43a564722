import { createHash } from 'node:crypto';
import { parseDuration } from './duration.ts';
import { CertificateSpecError } from './errors.ts';
import { certificateName, namespaceOf, type Certificate, type Issuer } from './objects.ts';
import { alternativeNames, type KnownHost } from './subject-names.ts';

/** Who signs a certificate. */
export type Signer =
  | { readonly kind: 'self' }
  /** The certificate and key in a Secret of the cluster. */
  | { readonly kind: 'secret'; readonly namespace: string; readonly secretName: string }
  /** The data folder's own CA: it stands in for issuers outside the cluster, such as ACME. */
  | { readonly kind: 'local' };

/** What to put into a certificate. */
export interface CertificatePlan {
  readonly name: string;
  readonly namespace: string;
  readonly certificate: Certificate;
  readonly signer: Signer;
  readonly names: ReturnType<typeof alternativeNames>;
  readonly durationMs: number;
  readonly renewBeforeMs: number;
  /** Changes when anything that the certificate says would change. */
  readonly fingerprint: string;
}

/** What is known of a certificate issued before. */
export interface IssuedFacts {
  readonly fingerprint: string;
  /** Fingerprint of the certificate that signed it; of a self-signed one its own. */
  readonly signedBy: string;
  /** ISO 8601. */
  readonly notAfter: string;
}

/** The namespace in which cert-manager looks for the Secrets of ClusterIssuers. */
const CLUSTER_RESOURCES = 'cert-manager';
const DEFAULT_DURATION = '2160h';

/**
 * Plans one certificate.
 * @returns the plan, or a sentence that says which issuer is missing
 * @throws CertificateSpecError when the spec cannot be honoured
 */
export function planCertificate(
  certificate: Certificate,
  issuers: readonly Issuer[],
  hosts: readonly KnownHost[],
): CertificatePlan | string {
  const { spec } = certificate;
  const namespace = namespaceOf(certificate);
  const signer = signerOf(certificate, issuers);
  if (typeof signer === 'string') return signer;
  const durationMs = parseDuration(spec.duration ?? DEFAULT_DURATION, 'spec.duration');
  const renewBeforeMs =
    spec.renewBefore === undefined ? durationMs / 3 : parseDuration(spec.renewBefore, 'spec.renewBefore');
  if (renewBeforeMs >= durationMs) {
    throw new CertificateSpecError(
      `spec.renewBefore is ${spec.renewBefore} of a duration of ${spec.duration ?? DEFAULT_DURATION}; it must be shorter.`,
    );
  }
  const names = alternativeNames(spec, namespace, hosts);
  if (names.length === 0 && spec.commonName === undefined) {
    throw new CertificateSpecError('spec has none of commonName, dnsNames, ipAddresses, uris; one is needed.');
  }
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([spec, names, signer]))
    .digest('hex');
  const name = certificateName(certificate);
  return { name, namespace, certificate, signer, names, durationMs, renewBeforeMs, fingerprint };
}

function signerOf(certificate: Certificate, issuers: readonly Issuer[]): Signer | string {
  const { name, kind = 'Issuer' } = certificate.spec.issuerRef;
  const namespace = namespaceOf(certificate);
  const issuer = issuers.find(
    (one) =>
      one.kind === kind && one.metadata.name === name && (kind === 'ClusterIssuer' || namespaceOf(one) === namespace),
  );
  if (!issuer) return `${kind} ${kind === 'Issuer' ? `${namespace}/` : ''}${name} does not exist`;
  if (issuer.spec.selfSigned !== undefined) return { kind: 'self' };
  if (!issuer.spec.ca) return { kind: 'local' };
  return {
    kind: 'secret',
    namespace: kind === 'ClusterIssuer' ? CLUSTER_RESOURCES : namespace,
    secretName: issuer.spec.ca.secretName,
  };
}

/**
 * Why a certificate must be issued (again), or undefined while the one there is will do.
 * @param signedBy fingerprint of the certificate that would sign it now; undefined when it signs itself
 */
export function reasonToIssue(
  plan: CertificatePlan,
  issued: IssuedFacts | undefined,
  signedBy: string | undefined,
  now: Date,
): string | undefined {
  if (!issued) return 'there is none yet';
  if (issued.fingerprint !== plan.fingerprint) return 'what it says has changed';
  if (signedBy !== undefined && issued.signedBy !== signedBy) return 'its issuer has a new certificate';
  if (now.getTime() >= renewalTime(plan, issued)) return 'its renewal is due';
  return undefined;
}

/** When a certificate is to be renewed, in milliseconds since 1970. */
export function renewalTime(plan: CertificatePlan, issued: IssuedFacts): number {
  return Date.parse(issued.notAfter) - plan.renewBeforeMs;
}

/** In an order in which each certificate comes after the one that signs it, where there is such an order. */
export function inSigningOrder(plans: readonly CertificatePlan[]): CertificatePlan[] {
  const bySecret = new Map(plans.map((plan) => [`${plan.namespace}/${plan.certificate.spec.secretName}`, plan]));
  const ordered = new Set<CertificatePlan>();
  const visit = (plan: CertificatePlan, path: ReadonlySet<CertificatePlan>) => {
    if (ordered.has(plan) || path.has(plan)) return;
    const { signer } = plan;
    const parent = signer.kind === 'secret' ? bySecret.get(`${signer.namespace}/${signer.secretName}`) : undefined;
    if (parent) visit(parent, new Set([...path, plan]));
    ordered.add(plan);
  };
  for (const plan of plans) visit(plan, new Set());
  return [...ordered];
}
