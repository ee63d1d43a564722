import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { Certificates, type KnownHost } from '../../../local/certificates/index.ts';

const NOW = new Date();
const HOSTS: KnownHost[] = [
  { host: 'redis', namespace: 'shop', addresses: ['127.77.1.1', '127.77.1.2'] },
  { host: 'redis-0.redis', namespace: 'shop', addresses: ['127.77.1.1'] },
];

type Fields = Record<string, unknown>;
const object = (kind: string, name: string, namespace: string | undefined, spec: Fields) => ({
  apiVersion: 'cert-manager.io/v1',
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
  spec,
});
const certificate = (name: string, spec: Fields, namespace = 'shop') =>
  object('Certificate', name, namespace, { secretName: name, ...spec });

/** A region: its own CA in cert-manager's namespace, which a ClusterIssuer signs with. */
const REGION = [
  object('ClusterIssuer', 'self', undefined, { selfSigned: {} }),
  certificate('region-ca', { isCA: true, commonName: 'uk-south', issuerRef: { name: 'self', kind: 'ClusterIssuer' } }, 'cert-manager'),
  object('ClusterIssuer', 'region', undefined, { ca: { secretName: 'region-ca' } }),
]; // prettier-ignore
const byRegion = { name: 'region', kind: 'ClusterIssuer' };
const REDIS = certificate('redis-tls', {
  dnsNames: ['*.redis.shop.svc.cluster.local'],
  ipAddresses: ['127.0.0.1'],
  usages: ['digital signature', 'server auth', 'client auth'],
  issuerRef: byRegion,
});

/** Certificates over a store in memory, which outlives them as a data folder does. */
function certificatesOver(store = new Map<string, string>()) {
  return new Certificates({
    read: (name) => (store.has(name) ? (JSON.parse(store.get(name) ?? '') as unknown) : undefined),
    write: (name, value) => store.set(name, JSON.stringify(value)),
  });
}

type Reconciled = Awaited<ReturnType<Certificates['reconcile']>>;

function secretOf({ secrets }: Reconciled, name: string) {
  const secret = secrets.find(({ metadata }) => metadata.name === name);
  if (!secret) throw new Error(`no Secret ${name}`);
  const text = (key: keyof typeof secret.data) => Buffer.from(secret.data[key], 'base64').toString();
  return { secret, certificate: text('tls.crt'), key: text('tls.key'), ca: text('ca.crt') };
}

describe('certificates of a cluster on one machine', function () {
  this.timeout(20_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'certificates-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString();
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return name;
  };

  it('are signed by the region’s CA in its Secret, for names, addresses and usages, as openssl sees it', async () => {
    const {
      certificate: leaf,
      ca,
      secret,
    } = secretOf(await certificatesOver().reconcile([REDIS, ...REGION], HOSTS, NOW), 'redis-tls');
    assert.deepEqual([secret.type, secret.metadata.namespace], ['kubernetes.io/tls', 'shop']);
    const [leafFile, caFile] = [file('leaf.crt', leaf), file('ca.crt', ca)];
    const verify = ['verify', '-x509_strict', '-CAfile', caFile, '-purpose', 'sslserver'];
    assert.match(openssl(...verify, '-verify_ip', '127.77.1.1', leafFile), /OK/);
    assert.match(openssl(...verify, '-verify_hostname', 'redis-0.redis.shop.svc.cluster.local', leafFile), /OK/);
    assert.throws(() => openssl(...verify, '-verify_ip', '127.77.1.2', leafFile), 'an address of no name it is for');
    const text = openssl('x509', '-noout', '-text', '-in', leafFile);
    assert.match(text, /DNS:\*\.redis\.shop\.svc\.cluster\.local, IP Address:127\.0\.0\.1, IP Address:127\.77\.1\.1\n/);
    assert.match(text, /TLS Web Server Authentication, TLS Web Client Authentication/);
    assert.match(text, /X509v3 Key Usage: critical\s+Digital Signature\n/);
    assert.match(text, /Issuer: CN = uk-south|Issuer: CN=uk-south/);
    assert.match(openssl('x509', '-noout', '-text', '-in', caFile), /CA:TRUE/);
  });

  it('serve a real TLS 1.3 connection that is verified by address, both ways', async () => {
    const {
      certificate: cert,
      key,
      ca,
    } = secretOf(await certificatesOver().reconcile([REDIS, ...REGION], HOSTS, NOW), 'redis-tls');
    const server = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' }, (socket) =>
      socket.end(socket.getPeerX509Certificate()?.subjectAltName ?? ''),
    ); // prettier-ignore
    await new Promise<void>((resolve) => server.listen(0, '127.77.1.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const seen = await new Promise((resolve, reject) => {
        const client = connect({ host: '127.77.1.1', port, ca, cert, key });
        client.once('data', (data: Buffer) => resolve(data.toString()));
        client.once('error', reject);
      });
      assert.match(String(seen), /127\.77\.1\.1/);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('stay the same over restarts, and are issued again when an address or the spec changes', async () => {
    const store = new Map<string, string>();
    const first = await certificatesOver(store).reconcile([REDIS, ...REGION], HOSTS, NOW);
    const again = await certificatesOver(store).reconcile([REDIS, ...REGION], HOSTS, NOW);
    assert.deepEqual(again.secrets, first.secrets);
    assert.deepEqual(again.issued, []);
    const moved = [...HOSTS, { host: 'redis-1.redis', namespace: 'shop', addresses: ['127.77.1.2'] }];
    const third = await certificatesOver(store).reconcile([REDIS, ...REGION], moved, NOW);
    assert.deepEqual(third.issued, [{ namespace: 'shop', name: 'redis-tls', reason: 'what it says has changed' }]);
    assert.match(new X509Certificate(secretOf(third, 'redis-tls').certificate).subjectAltName ?? '', /127\.77\.1\.2/);
  });

  it('are renewed in time, and with their CA when that is', async () => {
    const certificates = certificatesOver();
    const short = certificate('web-tls', {
      dnsNames: ['web.shop'],
      duration: '48h',
      renewBefore: '12h',
      issuerRef: byRegion,
    });
    const first = await certificates.reconcile([short, ...REGION], [], NOW);
    const end = Date.parse(new X509Certificate(secretOf(first, 'web-tls').certificate).validTo);
    assert.equal(first.renewAt?.getTime(), end - 12 * 3_600_000);
    const due = await certificates.reconcile([short, ...REGION], [], first.renewAt ?? NOW);
    assert.deepEqual(due.issued, [{ namespace: 'shop', name: 'web-tls', reason: 'its renewal is due' }]);
    const muchLater = new Date(NOW.getTime() + 2100 * 3_600_000);
    const both = await certificates.reconcile([short, ...REGION], [], muchLater);
    assert.deepEqual(both.issued.map(({ name }) => name), ['region-ca', 'web-tls']); // prettier-ignore
  });

  it('carry the chain up to the root, which stands in ca.crt', async () => {
    const chain = [
      certificate('middle', { isCA: true, commonName: 'middle', issuerRef: byRegion }, 'cert-manager'),
      object('ClusterIssuer', 'middle', undefined, { ca: { secretName: 'middle' } }),
      certificate('leaf', { dnsNames: ['web.shop'], issuerRef: { name: 'middle', kind: 'ClusterIssuer' } }),
    ];
    const { certificate: leaf, ca } = secretOf(
      await certificatesOver().reconcile([...chain, ...REGION], [], NOW),
      'leaf',
    );
    assert.equal(leaf.match(/BEGIN CERTIFICATE/g)?.length, 2);
    assert.equal(new X509Certificate(ca).subject, 'CN=uk-south');
    const files = ['-CAfile', file('ca.crt', ca), '-untrusted', file('chain.crt', leaf), 'chain.crt'];
    assert.match(openssl('verify', '-x509_strict', ...files), /OK/);
  });

  for (const [name, generate] of [
    ['PKCS #1', ['genrsa', '-traditional', '-out', 'own.key', '2048']],
    ['SEC 1', ['ecparam', '-name', 'secp384r1', '-genkey', '-noout', '-out', 'own.key']],
    ['PKCS #8', ['genpkey', '-algorithm', 'ed25519', '-out', 'own.key']],
  ] as const) {
    it(`can be signed by a CA that the user brings, with a key in ${name}`, async () => {
      openssl(...generate);
      openssl('req', '-x509', '-key', 'own.key', '-subj', '/O=WedSync/CN=own', '-days', '30', '-out', 'own.crt');
      const read = (path: string) => execFileSync('cat', [join(folder, path)]).toString();
      const stringData = { 'tls.crt': read('own.crt'), 'tls.key': read('own.key') };
      const own = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'own', namespace: 'shop' }, stringData };
      const objects = [
        own,
        object('Issuer', 'own', 'shop', { ca: { secretName: 'own' } }),
        certificate('leaf', { dnsNames: ['web.shop'], issuerRef: { name: 'own' } }),
      ];
      const { certificate: leaf } = secretOf(await certificatesOver().reconcile(objects, [], NOW), 'leaf');
      assert.match(openssl('verify', '-CAfile', 'own.crt', file('leaf.crt', leaf)), /OK/);
    });
  }

  for (const [privateKey, expected] of [
    [{ algorithm: 'RSA', size: 2048 }, 'rsa'],
    [{ algorithm: 'ECDSA', size: 384 }, 'ec'],
    [{ algorithm: 'Ed25519' }, 'ed25519'],
    [undefined, 'ec'],
  ] as const) {
    it(`have the key asked for: ${JSON.stringify(privateKey) ?? 'none named'}`, async () => {
      const leaf = certificate('leaf', { dnsNames: ['web.shop'], privateKey, issuerRef: byRegion });
      const issued = secretOf(await certificatesOver().reconcile([leaf, ...REGION], [], NOW), 'leaf');
      assert.equal(new X509Certificate(issued.certificate).publicKey.asymmetricKeyType, expected);
      assert.match(openssl('verify', '-CAfile', file('ca.crt', issued.ca), file('leaf.crt', issued.certificate)), /OK/);
    });
  }

  it('are signed by the machine’s own CA, kept in the data folder, when the issuer is out of the cluster', async () => {
    const certificates = certificatesOver();
    const acme = object('ClusterIssuer', 'letsencrypt', undefined, { acme: { email: 'x@example.org' } });
    const leaf = certificate('leaf', {
      dnsNames: ['web.shop'],
      issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' },
    });
    const { ca } = secretOf(await certificates.reconcile([acme, leaf], [], NOW), 'leaf');
    assert.equal(ca, await certificates.localRoot(NOW));
    assert.match(new X509Certificate(ca).subject, /CN=WedSync local CA/);
  });

  it('that cannot be issued are listed with the reason, beside those that can', async () => {
    const result = await certificatesOver().reconcile(
      [
        ...REGION,
        REDIS,
        certificate('a', { dnsNames: ['x'], issuerRef: { name: 'nobody' } }),
        certificate('b', { dnsNames: ['x'], usages: ['server auht'], issuerRef: byRegion }),
        object('Issuer', 'empty', 'shop', { ca: { secretName: 'not-there' } }),
        certificate('c', { dnsNames: ['x'], issuerRef: { name: 'empty' } }),
        certificate('d', { dnsNames: ['x'], privateKey: { algorithm: 'ECDSA', size: 2048 }, issuerRef: byRegion }),
      ],
      HOSTS,
      NOW,
    );
    assert.deepEqual(result.secrets.map(({ metadata }) => metadata.name), ['region-ca', 'redis-tls']); // prettier-ignore
    const reasons = new Map(result.pending.map(({ name, reason }) => [name, reason]));
    assert.equal(reasons.get('a'), 'Issuer shop/nobody does not exist');
    assert.match(reasons.get('b') ?? '', /^spec\.usages has "server auht"; allowed are signing, digital signature/);
    assert.equal(reasons.get('c'), 'Secret shop/not-there of its issuer does not exist');
    assert.equal(reasons.get('d'), 'spec.privateKey.size is 2048 for ECDSA; allowed: 256, 384, 521.');
  });

  it('have a subject of common name and organisations, escaped', async () => {
    const subject = { organizations: ['Flowers, Cakes & "Co"'] };
    const leaf = certificate('leaf', { commonName: 'anna', subject, usages: ['client auth'], issuerRef: byRegion });
    const issued = secretOf(await certificatesOver().reconcile([leaf, ...REGION], [], NOW), 'leaf');
    assert.equal(new X509Certificate(issued.certificate).subject, 'CN=anna\nO=Flowers\\, Cakes & \\"Co\\"');
  });
});
