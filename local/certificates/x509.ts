import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  type JsonGeneralNames,
} from './x509-library.ts';
import { createHash, createPrivateKey, createPublicKey, randomBytes, webcrypto, type KeyObject } from 'node:crypto';
import { CertificateSpecError } from './errors.ts';
import type { Usages } from './usages.ts';

/** A certificate with its chain up to, but without, the root; and its key. All PEM. */
export interface KeyPair {
  readonly chain: string;
  readonly key: string;
}

/** The signer of a certificate: its chain, key and root, all PEM. */
export interface SigningPair extends KeyPair {
  readonly root: string;
}

export interface CertificateContent {
  /** Distinguished name, `CN=redis,O=WedSync`; may be empty. */
  readonly subject: string;
  readonly names: JsonGeneralNames;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isCa: boolean;
  readonly usages: Usages;
}

type KeyAlgorithm = 'RSA' | 'ECDSA' | 'Ed25519';

/** Makes a private key. @throws CertificateSpecError for a size the algorithm has not */
export async function generateKey(algorithm: KeyAlgorithm = 'ECDSA', size?: number): Promise<webcrypto.CryptoKeyPair> {
  const keys = await webcrypto.subtle.generateKey(generationParameters(algorithm, size), true, ['sign', 'verify']);
  return keys;
}

function generationParameters(
  algorithm: KeyAlgorithm,
  size: number | undefined,
): webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams {
  if (algorithm === 'Ed25519') return { name: 'Ed25519' } as webcrypto.EcKeyGenParams;
  if (algorithm === 'RSA') {
    const modulusLength = size ?? 2048;
    if (modulusLength < 2048 || modulusLength > 8192) throw badSize(algorithm, modulusLength, '2048 to 8192');
    return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: new Uint8Array([1, 0, 1]) };
  }
  const namedCurve = { 256: 'P-256', 384: 'P-384', 521: 'P-521' }[size ?? 256];
  if (namedCurve === undefined) throw badSize(algorithm, size, '256, 384, 521');
  return { name: 'ECDSA', namedCurve };
}

const badSize = (algorithm: KeyAlgorithm, size: number | undefined, allowed: string) =>
  new CertificateSpecError(`spec.privateKey.size is ${size} for ${algorithm}; allowed: ${allowed}.`);

/** Signs a certificate for a public key. @param signer whose key signs; undefined for a self-signed one */
export async function signCertificate(
  content: CertificateContent,
  keys: webcrypto.CryptoKeyPair,
  signer: KeyPair | undefined,
): Promise<string> {
  const issuer = signer && new X509Certificate(firstOf(signer.chain));
  const signing = signer
    ? await importKey(createPrivateKey(signer.key))
    : { key: keys.privateKey, ...hashFor(keys.privateKey) };
  const certificate = await X509CertificateGenerator.create({
    serialNumber: `00${randomBytes(16).toString('hex')}`, // the leading zero keeps the number positive
    subject: content.subject,
    issuer: issuer?.subjectName ?? content.subject, // the very bytes: some verifiers compare no less
    notBefore: content.notBefore,
    notAfter: content.notAfter,
    publicKey: keys.publicKey,
    signingKey: signing.key,
    signingAlgorithm: signing.algorithm,
    extensions: [
      new BasicConstraintsExtension(content.isCa, undefined, true),
      new KeyUsagesExtension(content.usages.keyUsage, true),
      ...(content.usages.extended.length > 0 ? [new ExtendedKeyUsageExtension([...content.usages.extended])] : []),
      ...(content.names.length > 0
        ? [new SubjectAlternativeNameExtension(content.names, content.subject === '')] // critical, as nothing else names it
        : []),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer?.publicKey ?? new PublicKey(await spki(keys.publicKey))),
    ],
  });
  return pem('CERTIFICATE', Buffer.from(certificate.rawData));
}

async function spki(key: webcrypto.CryptoKey): Promise<ArrayBuffer> {
  return webcrypto.subtle.exportKey('spki', key);
}

/** Reads a key of whichever PEM form; Secrets that users bring have PKCS #1 and SEC 1 keys too. */
async function importKey(
  key: KeyObject,
): Promise<{ key: webcrypto.CryptoKey; algorithm: webcrypto.Algorithm & { hash?: string } }> {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const parameters: webcrypto.Algorithm & { namedCurve?: string; hash?: string } =
    key.asymmetricKeyType === 'rsa'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : key.asymmetricKeyType === 'ed25519'
        ? { name: 'Ed25519' }
        : { name: 'ECDSA', namedCurve: { prime256v1: 'P-256', secp384r1: 'P-384' }[curve ?? ''] ?? 'P-521' };
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }));
  const imported = await webcrypto.subtle.importKey('pkcs8', pkcs8, parameters, false, ['sign']);
  return { key: imported, ...hashFor(imported) };
}

/** The signing algorithm that fits a key: the hash is as strong as the curve. */
function hashFor(key: webcrypto.CryptoKey): { algorithm: webcrypto.Algorithm & { hash?: string } } {
  const { name, namedCurve } = key.algorithm as webcrypto.Algorithm & { namedCurve?: string };
  if (name === 'Ed25519') return { algorithm: { name } };
  const hash = { 'P-384': 'SHA-384', 'P-521': 'SHA-512' }[namedCurve ?? ''] ?? 'SHA-256';
  return { algorithm: { name, hash } };
}

export async function exportKey(keys: webcrypto.CryptoKeyPair): Promise<string> {
  return pem('PRIVATE KEY', Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The first certificate of a chain. */
export function firstOf(chain: string): string {
  return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/.exec(chain)?.[0] ?? chain;
}

export function fingerprintOf(chain: string): string {
  return createHash('sha256')
    .update(new Uint8Array(new X509Certificate(firstOf(chain)).rawData))
    .digest('hex');
}

export function isSelfSigned(chain: string): boolean {
  const certificate = new X509Certificate(firstOf(chain));
  return certificate.subject === certificate.issuer;
}

/** Whether a private key belongs to a certificate. */
export function keyFits(pair: KeyPair): boolean {
  const ofKey = createPublicKey(createPrivateKey(pair.key)).export({ type: 'spki', format: 'der' });
  return ofKey.equals(Buffer.from(new X509Certificate(firstOf(pair.chain)).publicKey.rawData));
}
