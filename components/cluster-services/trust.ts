/**
 * How a service of the cluster comes by the region's authority, under which Prometheus and Alertmanager answer: cert-manager puts the
 * authority's certificate (`ca.crt`) beside each one that it signs, in the namespace that asked for one.
 */
import { type CertificateSpec, serviceCertificate } from '../security/certificates.ts';
import type { Values } from './release.ts';

const SECRET = 'region-trust';
const KEY = 'ca.crt';

/** Where a container finds the authority, and nothing else. */
export const TRUST_DIRECTORY = '/etc/wedsync/trust';
export const TRUST_FILE = `${TRUST_DIRECTORY}/${KEY}`;

/** Go's own setting: certificates of these folders are trusted beside those of the image's file. */
export const TRUST_ENVIRONMENT: Values = { SSL_CERT_DIR: TRUST_DIRECTORY };

/** Brings the authority into `namespace`. */
export function trustCertificate(namespace: string): CertificateSpec {
  return serviceCertificate(SECRET, [`${namespace}.svc.cluster.local`], ['client auth', 'digital signature']);
}

/** The authority from the Secret of `certificate`, and no key with it. */
export function trustSecret(certificate = SECRET): Values {
  return { secretName: certificate, items: [{ key: KEY, path: KEY }] };
}

export function trustVolume(): Values {
  return { name: SECRET, secret: trustSecret() };
}

export function trustMount(mountPath = TRUST_DIRECTORY): Values {
  return { name: SECRET, mountPath, readOnly: true };
}
