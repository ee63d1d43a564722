import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDuration } from '../../../local/certificates/duration.ts';
import type { Certificate, CertificateSpec, Issuer } from '../../../local/certificates/objects.ts';
import {
  inSigningOrder,
  planCertificate,
  reasonToIssue,
  type CertificatePlan,
  type IssuedFacts,
} from '../../../local/certificates/plan.ts';
import { addressesOfNames, matchesName, type KnownHost } from '../../../local/certificates/subject-names.ts';

const HOSTS: KnownHost[] = [
  { host: 'redis', namespace: 'shop', addresses: ['127.77.1.1', '127.77.1.2'] },
  { host: 'redis-0-0.redis', namespace: 'shop', addresses: ['127.77.1.1'] },
  { host: 'redis-1-0.redis', namespace: 'shop', addresses: ['127.77.1.2'] },
  { host: 'web', namespace: 'shop', addresses: ['127.77.0.1', '127.77.2.1'] },
  { host: 'web', namespace: 'other', addresses: ['127.77.0.2'] },
];

const issuer = (name: string, spec: Issuer['spec'], kind: Issuer['kind'] = 'Issuer', namespace = 'shop'): Issuer => ({
  apiVersion: 'cert-manager.io/v1',
  kind,
  metadata: kind === 'Issuer' ? { name, namespace } : { name },
  spec,
});

const certificate = (name: string, spec: Partial<CertificateSpec> = {}, namespace = 'shop'): Certificate => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name, namespace },
  spec: { secretName: name, dnsNames: ['web.shop.svc'], issuerRef: { name: 'self' }, ...spec },
});

const ISSUERS = [
  issuer('self', { selfSigned: {} }),
  issuer('ca', { ca: { secretName: 'ca' } }),
  issuer('region', { ca: { secretName: 'region-ca' } }, 'ClusterIssuer'),
  issuer('letsencrypt', {}, 'ClusterIssuer'),
];

function plan(subject: Certificate, hosts = HOSTS): CertificatePlan {
  const planned = planCertificate(subject, ISSUERS, hosts);
  if (typeof planned === 'string') throw new Error(planned);
  return planned;
}

describe('the addresses in a certificate', () => {
  it('are those of the names it is for', () => {
    assert.deepEqual(addressesOfNames(['web.shop.svc.cluster.local'], 'shop', HOSTS), ['127.77.0.1', '127.77.2.1']);
    assert.deepEqual(addressesOfNames(['web'], 'shop', HOSTS), ['127.77.0.1', '127.77.2.1']);
    assert.deepEqual(addressesOfNames(['web'], 'other', HOSTS), ['127.77.0.2']);
    assert.deepEqual(addressesOfNames(['web.example.org', 'localhost'], 'shop', HOSTS), []);
  });

  it('are those of all Pods behind a headless Service when it is for a wildcard', () => {
    const names = ['*.redis.shop.svc.cluster.local'];
    assert.deepEqual(addressesOfNames(names, 'shop', HOSTS), ['127.77.1.1', '127.77.1.2']);
  });

  it('do not depend on the order in which hosts are known', () => {
    const names = ['*.redis.shop.svc', 'web.shop', 'web.other.svc'];
    fc.assert(
      fc.property(fc.shuffledSubarray(HOSTS, { minLength: HOSTS.length }), (hosts) =>
        assert.deepEqual(addressesOfNames(names, 'shop', hosts), addressesOfNames(names, 'shop', HOSTS)),
      ),
    );
  });

  const label = fc.stringMatching(/^[a-z]{1,4}$/);
  const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
  it('a wildcard stands for exactly one label', () => {
    fc.assert(
      fc.property(label, label, name, (first, second, rest) => {
        assert.equal(matchesName(`*.${rest}`, `${first}.${rest}`), true);
        assert.equal(matchesName(`*.${rest}`, `${first}.${second}.${rest}`), false);
        assert.equal(matchesName(`*.${rest}`, rest), false);
      }),
    );
  });
});

describe('the plan of a certificate', () => {
  it('says who signs: itself, a Secret of its namespace or of cert-manager’s, else the local CA', () => {
    const signerOf = (name: string, kind = 'Issuer') => plan(certificate('x', { issuerRef: { name, kind } })).signer;
    assert.deepEqual(signerOf('self'), { kind: 'self' });
    assert.deepEqual(signerOf('ca'), { kind: 'secret', namespace: 'shop', secretName: 'ca' });
    assert.deepEqual(signerOf('region', 'ClusterIssuer'), {
      kind: 'secret',
      namespace: 'cert-manager',
      secretName: 'region-ca',
    });
    assert.deepEqual(signerOf('letsencrypt', 'ClusterIssuer'), { kind: 'local' });
  });

  it('names the issuer that is missing', () => {
    assert.equal(
      planCertificate(certificate('x', { issuerRef: { name: 'nobody' } }), ISSUERS, []),
      'Issuer shop/nobody does not exist',
    );
    const elsewhere = certificate('x', { issuerRef: { name: 'ca' } }, 'other');
    assert.equal(planCertificate(elsewhere, ISSUERS, []), 'Issuer other/ca does not exist');
  });

  it('changes its fingerprint with what the certificate says, addresses too, and only then', () => {
    const original = plan(certificate('x')).fingerprint;
    assert.equal(plan(certificate('x')).fingerprint, original);
    assert.notEqual(plan(certificate('x', { duration: '24h' })).fingerprint, original);
    assert.notEqual(plan(certificate('x'), []).fingerprint, original);
  });

  for (const [spec, message] of [
    [{ duration: '90 days' }, /spec\.duration is "90 days"; a duration in hours/],
    [{ duration: '1h', renewBefore: '2h' }, /spec\.renewBefore is 2h of a duration of 1h; it must be shorter/],
    [{ dnsNames: [] }, /spec has none of commonName, dnsNames/],
  ] as const) {
    it(`refuses ${JSON.stringify(spec)}`, () => {
      assert.throws(() => plan(certificate('x', spec)), { code: 'CERTIFICATE_SPEC', message });
    });
  }

  it('issues when there is none, when it or its signer changed, and when the renewal is due', () => {
    const planned = plan(certificate('x', { duration: '90h' }));
    const now = new Date('2026-05-02T12:00:00Z');
    const facts = (changes: Partial<IssuedFacts> = {}): IssuedFacts => ({
      fingerprint: planned.fingerprint,
      signedBy: 'a',
      notAfter: '2026-05-04T00:00:00Z',
      ...changes,
    });
    assert.equal(reasonToIssue(planned, undefined, 'a', now), 'there is none yet');
    assert.equal(reasonToIssue(planned, facts(), 'a', now), undefined);
    assert.equal(reasonToIssue(planned, facts({ fingerprint: 'y' }), 'a', now), 'what it says has changed');
    assert.equal(reasonToIssue(planned, facts(), 'b', now), 'its issuer has a new certificate');
    assert.equal(reasonToIssue(planned, facts(), undefined, now), undefined, 'it signs itself');
    const due = new Date('2026-05-02T18:00:00Z'); // a third of 90 h before its end
    assert.equal(reasonToIssue(planned, facts(), 'a', due), 'its renewal is due');
  });
});

describe('the order of signing', () => {
  it('puts each certificate after the one that signs it, whatever order they come in', () => {
    const chain = ['self', 'a', 'b', 'c'].slice(1).map((name, index, names) => {
      const above = names[index - 1];
      const planned = plan(certificate(name));
      const signer = above === undefined ? ({ kind: 'self' } as const) : ({ kind: 'secret', namespace: 'shop', secretName: above } as const);
      return { ...planned, signer };
    }); // prettier-ignore
    fc.assert(
      fc.property(fc.shuffledSubarray(chain, { minLength: chain.length }), (plans) => {
        assert.deepEqual(inSigningOrder(plans).map(({ name }) => name), ['shop/a', 'shop/b', 'shop/c']); // prettier-ignore
      }),
    );
  });

  it('ends for certificates that sign each other', () => {
    const signedBy = (name: string, secretName: string) => ({
      ...plan(certificate(name)),
      signer: { kind: 'secret', namespace: 'shop', secretName } as const,
    });
    assert.equal(inSigningOrder([signedBy('a', 'b'), signedBy('b', 'a')]).length, 2);
  });
});

describe('a duration', () => {
  it('is the sum of its parts', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(59), fc.nat(59), (hours, minutes, seconds) => {
        assert.equal(
          parseDuration(`${hours}h${minutes}m${seconds}s`, 'x'),
          ((hours * 60 + minutes) * 60 + seconds) * 1000,
        );
      }),
    );
  });
});
