import { compactVerify, importJWK } from 'jose';
import { SlaError } from '../sla-error.ts';
import { keyId, parsePublicKey, type PublicKey } from './keys.ts';
import { type Files, type Manifest, parseManifest, sha256 } from './manifest.ts';
import { SIGNATURE_TYPE, SIGNING_FILES } from './names.ts';

/** What a folder turned out to be. */
export interface Verification {
  readonly report: string;
  /** Thumbprint of the key that signed it. */
  readonly keyId: string;
  /** Whether that key is one that the reader brought; else it is the folder's own word for who signed. */
  readonly trusted: boolean;
  /** What is wrong, one sentence a file; nothing when all is as it was signed. */
  readonly problems: readonly string[];
}

/**
 * Checks a report's files against its signature, without any network.
 *
 * @param expected the public key that should have signed it, if the reader has one from elsewhere
 * @throws SlaError when it cannot be told at all: a file of the signature is missing or no such file.
 */
export async function verifyFiles(files: Files, expected?: PublicKey): Promise<Verification> {
  const key = expected ?? parsePublicKey(textOf(files, SIGNING_FILES.publicKey), SIGNING_FILES.publicKey);
  const kid = await keyId(key);
  const manifestText = textOf(files, SIGNING_FILES.manifest);
  const genuine = await isSignatureOf(manifestText, textOf(files, SIGNING_FILES.signature), key, kid);
  if (!genuine) {
    const whose = expected === undefined ? `the key in ${SIGNING_FILES.publicKey}` : 'the given key';
    return {
      report: '',
      keyId: kid,
      trusted: expected !== undefined,
      problems: [
        `${SIGNING_FILES.manifest} is not what ${whose} (${kid}) signed: it, ${SIGNING_FILES.signature} or the key was changed.`,
      ],
    };
  }
  const manifest = parseManifest(manifestText);
  return {
    report: manifest.report,
    keyId: kid,
    trusted: expected !== undefined,
    problems: [...differences(manifest, files), ...(await otherKey(files, kid))],
  };
}

/** A folder whose own key is not the one that signed it misleads whoever has no other. */
async function otherKey(files: Files, kid: string): Promise<string[]> {
  const { publicKey } = SIGNING_FILES;
  if (!files.has(publicKey)) return [`${publicKey} is missing.`];
  const found = await keyId(parsePublicKey(textOf(files, publicKey), publicKey));
  return found === kid ? [] : [`${publicKey} holds another key than the one that signed.`];
}

function differences({ files: listed }: Manifest, files: Files): string[] {
  const known = new Set<string>([...listed.map(({ name }) => name), ...Object.values(SIGNING_FILES)]);
  return [
    ...listed.flatMap(({ name, sha256: wanted }) => {
      const content = files.get(name);
      if (content === undefined) return [`${name} is missing.`];
      return sha256(content) === wanted ? [] : [`${name} was changed after it was signed.`];
    }),
    ...[...files.keys()].filter((name) => !known.has(name)).map((name) => `${name} is no part of the report.`),
  ];
}

async function isSignatureOf(manifest: string, signature: string, key: PublicKey, kid: string): Promise<boolean> {
  const [header, , value] = signature.trim().split('.');
  const compact = `${header}.${Buffer.from(manifest).toString('base64url')}.${value}`;
  try {
    const { protectedHeader } = await compactVerify(compact, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] });
    return protectedHeader.typ === SIGNATURE_TYPE && protectedHeader.kid === kid;
  } catch {
    return false;
  }
}

function textOf(files: Files, name: string): string {
  const content = files.get(name);
  if (content === undefined) throw new SlaError(`${name} is missing, so nothing can be told of the others.`);
  return Buffer.from(content).toString('utf8');
}
