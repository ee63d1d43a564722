import { namespaceOf, type TlsSecret } from './objects.ts';
import type { CertificatePlan } from './plan.ts';
import { usagesOf } from './usages.ts';
import { exportKey, fingerprintOf, generateKey, isSelfSigned, signCertificate, type SigningPair } from './x509.ts';

/** A certificate as it is kept in the data folder. */
export interface Issued {
  readonly fingerprint: string;
  readonly signedBy: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly chain: string;
  readonly key: string;
  readonly root: string;
}

const CLOCK_SKEW_MS = 60_000;

/** Issues what a plan says. @param signer undefined for a self-signed certificate */
export async function issue(plan: CertificatePlan, signer: SigningPair | undefined, now: Date): Promise<Issued> {
  const { spec } = plan.certificate;
  const isCa = spec.isCA ?? false;
  const keys = await generateKey(spec.privateKey?.algorithm, spec.privateKey?.size);
  const notBefore = wholeSecond(now.getTime() - CLOCK_SKEW_MS);
  const notAfter = wholeSecond(now.getTime() + plan.durationMs);
  const usages = usagesOf(spec.usages, isCa);
  const content = { subject: subjectOf(plan), names: plan.names, notBefore, notAfter, isCa, usages };
  const own = await signCertificate(content, keys, signer);
  // As cert-manager has it: tls.crt goes up to, but not to, the root, and ca.crt is the root.
  const above = signer && !isSelfSigned(signer.chain) ? signer.chain : '';
  return {
    fingerprint: plan.fingerprint,
    signedBy: fingerprintOf(signer?.chain ?? own),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    chain: own + above,
    key: await exportKey(keys),
    root: signer?.root ?? own,
  };
}

/** X.509 counts whole seconds. */
const wholeSecond = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000);

function subjectOf({ certificate }: CertificatePlan): string {
  const { commonName, subject } = certificate.spec;
  const escape = (value: string) => value.replace(/[,+"\\<>;=#]/g, '\\$&');
  return [
    ...(commonName === undefined ? [] : [`CN=${escape(commonName)}`]),
    ...(subject?.organizationalUnits ?? []).map((unit) => `OU=${escape(unit)}`),
    ...(subject?.organizations ?? []).map((organization) => `O=${escape(organization)}`),
  ].join(',');
}

/** The Secret in which Pods find a certificate. */
export function secretOf(plan: CertificatePlan, issued: Issued): TlsSecret {
  const { spec, metadata } = plan.certificate;
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: {
      name: spec.secretName,
      namespace: namespaceOf(plan.certificate),
      labels: { ...spec.secretTemplate?.labels },
      annotations: { ...spec.secretTemplate?.annotations, 'cert-manager.io/certificate-name': metadata.name },
    },
    data: { 'tls.crt': base64(issued.chain), 'tls.key': base64(issued.key), 'ca.crt': base64(issued.root) },
  };
}
