import { CertificateSpecError, IssuerNotReadyError } from './errors.ts';
import { issue, secretOf, type Issued } from './issue.ts';
import { isCertManager, namespaceOf, type Certificate, type Issuer, type Manifest, type TlsSecret } from './objects.ts';
import { inSigningOrder, planCertificate, reasonToIssue, renewalTime, type CertificatePlan } from './plan.ts';
import type { KnownHost } from './subject-names.ts';
import { fingerprintOf, keyFits, type SigningPair } from './x509.ts';

/** Where keys and certificates are kept between runs; readable by the owner alone. */
export interface KeyStore {
  read(name: string): unknown;
  write(name: string, value: unknown): void;
}

export interface Reconciled {
  /** One Secret for each certificate that there is. */
  readonly secrets: TlsSecret[];
  /** Certificates that cannot be issued, each with the reason in words. */
  readonly pending: { readonly namespace: string; readonly name: string; readonly reason: string }[];
  /** Those issued just now, each with the reason. */
  readonly issued: { readonly namespace: string; readonly name: string; readonly reason: string }[];
  /** When the first of them is to be renewed. */
  readonly renewAt: Date | undefined;
}

const LOCAL_CA: Certificate = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'local-ca', namespace: 'local' },
  spec: {
    secretName: 'local-ca',
    commonName: 'WedSync local CA',
    isCA: true,
    duration: '87600h',
    usages: ['cert sign', 'crl sign', 'digital signature'],
    issuerRef: { name: 'local' },
  },
};
const LOCAL_ISSUER: Issuer = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: { name: 'local', namespace: 'local' },
  spec: { selfSigned: {} },
};

/** Issues the Certificates of a cluster as cert-manager would, and keeps them over restarts. */
export class Certificates {
  readonly #keys: KeyStore;

  constructor(keys: KeyStore) {
    this.#keys = keys;
  }

  /**
   * Issues what is missing, changed or due for renewal, and returns the Secret of every certificate.
   * @param objects all objects of the cluster: Certificates, Issuers, and Secrets with CAs that users bring
   * @param hosts names of the cluster and their addresses on this machine
   */
  async reconcile(objects: readonly Manifest[], hosts: readonly KnownHost[], now: Date): Promise<Reconciled> {
    const ours = objects.filter(isCertManager);
    const issuers = ours.filter(({ kind }) => kind === 'Issuer' || kind === 'ClusterIssuer') as Issuer[];
    const secrets = new Map<string, Manifest>();
    for (const object of objects) if (object.kind === 'Secret') secrets.set(secretKey(object), object);

    const result: Reconciled & { renewAt: Date | undefined } = {
      secrets: [],
      pending: [],
      issued: [],
      renewAt: undefined,
    };
    const plans: CertificatePlan[] = [];
    for (const certificate of ours.filter(({ kind }) => kind === 'Certificate') as Certificate[]) {
      const plan = attempt(() => planCertificate(certificate, issuers, hosts));
      if (typeof plan === 'string') result.pending.push({ ...idOf(certificate), reason: plan });
      else plans.push(plan);
    }
    for (const plan of inSigningOrder(plans)) {
      const id = idOf(plan.certificate);
      try {
        const { issued, reason } = await this.#keep(plan, secrets, now);
        const secret = secretOf(plan, issued);
        secrets.set(secretKey(secret), secret);
        result.secrets.push(secret);
        if (reason !== undefined) result.issued.push({ ...id, reason });
        result.renewAt = earlier(result.renewAt, new Date(renewalTime(plan, issued)));
      } catch (error) {
        if (!(error instanceof CertificateSpecError) && !(error instanceof IssuerNotReadyError)) throw error;
        result.pending.push({ ...id, reason: error.message });
      }
    }
    return result;
  }

  /** The root certificate of the data folder's own CA, as PEM. */
  async localRoot(now: Date): Promise<string> {
    return (await this.#localSigner(now)).root;
  }

  async #keep(
    plan: CertificatePlan,
    secrets: ReadonlyMap<string, Manifest>,
    now: Date,
  ): Promise<{ issued: Issued; reason: string | undefined }> {
    const file = `${plan.name.replace('/', '.')}.json`;
    const known = this.#keys.read(file) as Issued | undefined;
    const signer = await this.#signerOf(plan, secrets, now);
    const reason = reasonToIssue(plan, known, signer && fingerprintOf(signer.chain), now);
    if (known && reason === undefined) return { issued: known, reason };
    const issued = await issue(plan, signer, now);
    this.#keys.write(file, issued);
    return { issued, reason };
  }

  async #signerOf(
    { signer }: CertificatePlan,
    secrets: ReadonlyMap<string, Manifest>,
    now: Date,
  ): Promise<SigningPair | undefined> {
    if (signer.kind === 'self') return undefined;
    if (signer.kind === 'local') return this.#localSigner(now);
    const secret = secrets.get(`${signer.namespace}/${signer.secretName}`);
    const where = `Secret ${signer.namespace}/${signer.secretName} of its issuer`;
    if (!secret) throw new IssuerNotReadyError(`${where} does not exist`);
    const chain = textOf(secret, 'tls.crt');
    const key = textOf(secret, 'tls.key');
    if (chain === undefined || key === undefined) throw new IssuerNotReadyError(`${where} has no tls.crt and tls.key`);
    if (!keyFits({ chain, key })) throw new IssuerNotReadyError(`${where} has a tls.key that is not tls.crt's`);
    return { chain, key, root: textOf(secret, 'ca.crt') ?? chain };
  }

  async #localSigner(now: Date): Promise<SigningPair> {
    const plan = planCertificate(LOCAL_CA, [LOCAL_ISSUER], []);
    if (typeof plan === 'string') throw new IssuerNotReadyError(plan);
    const { issued } = await this.#keep(plan, new Map(), now);
    return issued;
  }
}

const idOf = (certificate: Certificate) => ({ namespace: namespaceOf(certificate), name: certificate.metadata.name });
const secretKey = (secret: Manifest) => `${namespaceOf(secret)}/${secret.metadata.name}`;
const earlier = (a: Date | undefined, b: Date) => (a && a < b ? a : b);

function attempt(plan: () => CertificatePlan | string): CertificatePlan | string {
  try {
    return plan();
  } catch (error) {
    if (error instanceof CertificateSpecError) return error.message;
    throw error;
  }
}

function textOf(secret: Manifest, key: string): string | undefined {
  const plain = (secret['stringData'] as Record<string, string> | undefined)?.[key];
  const encoded = (secret['data'] as Record<string, string> | undefined)?.[key];
  return plain ?? (encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString());
}
