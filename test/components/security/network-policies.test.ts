import assert from 'node:assert/strict';
import { regionFlows } from '../../../components/region/flows.ts';
import { NAMESPACES, PLACES } from '../../../components/region/places.ts';
import { networkPolicies } from '../../../components/security/network-policies.ts';

interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports: { port: number }[];
}
interface Peer {
  podSelector?: { matchLabels: Record<string, string> };
  namespaceSelector?: { matchLabels: Record<string, string> };
  ipBlock?: { cidr: string };
}
interface Policy {
  metadata: { name: string; namespace: string };
  spec: {
    podSelector: { matchLabels?: Record<string, string> };
    ingress?: Rule[];
    egress?: Rule[];
    policyTypes: string[];
  };
}

function policies(...outside: string[]): Policy[] {
  const made = networkPolicies(Object.values(NAMESPACES), regionFlows(PLACES, 'gateway', outside));
  return JSON.parse(JSON.stringify(made)) as Policy[];
}
const named = (name: string, from: Policy[]) => from.find(({ metadata }) => metadata.name === name) as Policy;
const ports = (rules: Rule[] | undefined) => (rules ?? []).map((rule) => rule.ports.map(({ port }) => port));

describe("the region's network policies", () => {
  it('deny everything in every namespace', () => {
    for (const namespace of Object.values(NAMESPACES)) {
      const deny = policies().find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === 'default-deny',
      );
      assert.deepEqual(deny?.spec, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    }
  });

  it('let the engine be reached from the gateway, and reach both Redis Clusters and nothing else', () => {
    const engine = named('allow-cache-engine', policies());
    assert.deepEqual(ports(engine.spec.ingress), [[8443]]);
    assert.deepEqual(engine.spec.ingress?.[0]?.from, [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateway' } } },
    ]);
    assert.deepEqual(ports(engine.spec.egress), [[6379], [6379]]);
  });

  it('open the internet to the engine only when it has a provider there, and private networks never', () => {
    const egress = named('allow-cache-engine', policies('https://api.example.com/v1')).spec.egress ?? [];
    assert.deepEqual(ports(egress), [[6379], [6379], [443]]);
    const block = egress[2]?.to?.[0]?.ipBlock as { cidr: string; except: string[] };
    assert.ok(block.except.includes('10.0.0.0/8') && block.except.includes('169.254.0.0/16'));
    const three = ['https://api.example.com/v1', 'https://judge.example.com/v1', 'http://store.example.com:9000'];
    assert.deepEqual(ports(named('allow-cache-engine', policies(...three)).spec.egress)[2], [443, 9000]);
    assert.ok(policies().every(({ spec }) => !JSON.stringify(spec).includes('ipBlock')));
  });

  it('let a Redis node be reached by its clients, keeper, backups and peers, the bus by its peers alone', () => {
    for (const redis of ['redis-cache', 'redis-queue']) {
      const node = named(`allow-${redis}`, policies());
      const rules = node.spec.ingress ?? [];
      const byPort = (port: number) =>
        rules
          .filter((rule) => rule.ports.some((open) => open.port === port))
          .map((rule) => rule.from?.[0]?.podSelector?.matchLabels['app.kubernetes.io/name'])
          .sort();
      assert.deepEqual(byPort(6379), ['cache-engine', 'redis', 'redis-backup', 'redis-keeper']);
      assert.deepEqual(byPort(16379), ['redis']);
      assert.ok(
        rules.every((rule) => rule.from?.length === 1 && rule.from[0]?.podSelector && rule.from[0].namespaceSelector),
      );
    }
  });

  it('open both ends of every flow', () => {
    const all = policies();
    const outgoing = all
      .flatMap(({ spec }) => ports(spec.egress))
      .flat()
      .filter((port) => port !== 53);
    const incoming = all
      .flatMap(({ spec }) => ports(spec.ingress))
      .flat()
      .filter((port) => port !== 8443);
    assert.deepEqual(outgoing.sort(), incoming.sort());
  });
});
