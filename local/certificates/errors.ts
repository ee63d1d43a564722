/** A Certificate's spec cannot be honoured; the message says which field and what is allowed. */
export class CertificateSpecError extends Error {
  readonly code = 'CERTIFICATE_SPEC';
  override readonly name = 'CertificateSpecError';
}

/** What a Certificate needs of its issuer is not there (yet). */
export class IssuerNotReadyError extends Error {
  readonly code = 'ISSUER_NOT_READY';
  override readonly name = 'IssuerNotReadyError';
}
