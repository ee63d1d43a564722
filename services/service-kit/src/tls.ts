import { readFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { join } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';

/** A certificate chain and its private key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** How often the certificate's files are looked at, in milliseconds. */
const LOOK_EVERY = 5000;

/** TLS 1.3 or nothing. */
export function secureServerOptions({ cert, key }: Certificate): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.3' };
}

/** The certificate in `directory`, as Kubernetes mounts one. Throws when a file is missing or the two don't belong together. */
export function readCertificate(directory: string): Certificate {
  const certificate = {
    cert: readFileSync(join(directory, 'tls.crt'), 'utf8'),
    key: readFileSync(join(directory, 'tls.key'), 'utf8'),
  };
  createSecureContext(certificate);
  return certificate;
}

/** What following a certificate needs to know. */
export interface CertificateWatch {
  readonly directory: string;
  /** The certificate in use at the start. */
  readonly current: Certificate;
  /** Told after each renewal. */
  readonly onRenewed: () => void;
  /** Milliseconds between looks at the files; default LOOK_EVERY. */
  readonly every?: number;
}

/**
 * Takes over a renewed certificate without a restart; connections that are open keep theirs. The files are read rather
 * than watched: Kubernetes swaps a link two folders up, which watchers miss. A pair that is just being exchanged, and so
 * does not match, is left for the next look.
 * @returns ends the following.
 */
export function followCertificate(
  server: Server,
  { directory, current, onRenewed, every = LOOK_EVERY }: CertificateWatch,
): () => void {
  let known = current;
  const timer = setInterval(() => {
    try {
      const found = readCertificate(directory);
      if (found.cert === known.cert && found.key === known.key) return;
      server.setSecureContext(secureServerOptions(found));
      known = found;
      onRenewed();
    } catch {
      // The present certificate stays in use.
    }
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
