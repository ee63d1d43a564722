/** Files of a report's folder that are not the report itself. */
export const SIGNING_FILES = {
  manifest: 'manifest.json',
  /** A detached JSON Web Signature over the manifest. */
  signature: 'manifest.jws',
  publicKey: 'public-key.json',
} as const;

/** The media type that the signature names, so that a signature of something else by the same key does not pass. */
export const SIGNATURE_TYPE = 'wedsync-sla-report+jws';
