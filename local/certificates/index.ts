export { Certificates, type KeyStore, type Reconciled } from './certificates.ts';
export { CertificateSpecError, IssuerNotReadyError } from './errors.ts';
export { isCertManager, type Certificate, type CertificateSpec, type Issuer, type TlsSecret } from './objects.ts';
export { addressesOfNames, matchesName, type KnownHost } from './subject-names.ts';
