import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  exportKey,
  generateKey,
  type KeyPair,
  signCertificate,
  type CertificateContent,
} from '../../../local/certificates/x509.ts';
import { usagesOf } from '../../../local/certificates/usages.ts';

/** A certificate and its key as files. */
export interface KeyFiles {
  readonly certificate: string;
  readonly key: string;
}

/** One control plane's own certificates; nothing outside of its folder trusts them. */
export interface Keys {
  readonly authority: string;
  readonly apiServer: KeyFiles;
  /** The administrator's, in the group system:masters. */
  readonly admin: KeyFiles;
  readonly controllerManager: KeyFiles;
  readonly scheduler: KeyFiles;
  /** Signs the tokens of service accounts. */
  readonly serviceAccounts: { readonly key: string; readonly publicKey: string };
}

const DAY_MS = 24 * 3_600_000;

/** The first address of the Services, under which Pods would find the API server. */
const API_SERVICE_ADDRESS = '10.96.0.1';
const API_SERVER_NAMES: CertificateContent['names'] = [
  { type: 'dns', value: 'localhost' },
  { type: 'dns', value: 'kubernetes.default.svc' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: API_SERVICE_ADDRESS },
];

/** Makes all keys and certificates of a control plane in `folder`. */
export async function makeKeys(folder: string): Promise<Keys> {
  const authority = await certificate('CN=wedsync-cluster-test', [], undefined);
  const write = (name: string, content: string) => {
    const file = join(folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  };
  const issue = async (name: string, subject: string, names: CertificateContent['names'] = []): Promise<KeyFiles> => {
    const { chain, key } = await certificate(subject, names, authority);
    return { certificate: write(`${name}.crt`, chain), key: write(`${name}.key`, key) };
  };
  const tokens = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    authority: write('ca.crt', authority.chain),
    apiServer: await issue('api-server', 'CN=kube-apiserver', API_SERVER_NAMES),
    admin: await issue('admin', 'CN=admin,O=system:masters'),
    controllerManager: await issue('controller-manager', 'CN=system:kube-controller-manager'),
    scheduler: await issue('scheduler', 'CN=system:kube-scheduler'),
    serviceAccounts: {
      key: write('service-accounts.key', tokens.privateKey),
      publicKey: write('service-accounts.pub', tokens.publicKey),
    },
  };
}

async function certificate(
  subject: string,
  names: CertificateContent['names'],
  signer: KeyPair | undefined,
): Promise<KeyPair> {
  const isCa = signer === undefined;
  const keys = await generateKey();
  const now = Math.floor(Date.now() / 1000) * 1000;
  const content: CertificateContent = {
    subject,
    names,
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + DAY_MS),
    isCa,
    usages: usagesOf(isCa ? undefined : ['digital signature', 'key encipherment', 'server auth', 'client auth'], isCa),
  };
  return { chain: await signCertificate(content, keys, signer), key: await exportKey(keys) };
}
