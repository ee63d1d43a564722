import type { networking } from '@pulumi/kubernetes/types/input.js';
import type { Flow, Peer } from './flows.ts';

type NetworkPolicy = networking.v1.NetworkPolicy & { metadata: { name: string; namespace: string } };
type PolicyPeer = networking.v1.NetworkPolicyPeer;
type PodsPeer = Extract<Peer, { kind: 'pods' }>;

const DNS_PORT = 53;
/** Private, link-local and loopback ranges: what "the internet" is not. */
const PRIVATE_RANGES = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
];

/** The policies of the region: everything denied in each namespace, then an opening on both sides of each flow. */
export function networkPolicies(namespaces: readonly string[], flows: readonly Flow[]): NetworkPolicy[] {
  return [...namespaces.flatMap(denyByDefault), ...workloads(flows).map((workload) => openings(workload, flows))];
}

function denyByDefault(namespace: string): NetworkPolicy[] {
  return [
    policy(namespace, 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy(namespace, 'allow-dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ...inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: DNS_PORT })),
        },
      ],
    }),
  ];
}

/** Every workload that is an end of a flow, once. */
function workloads(flows: readonly Flow[]): PodsPeer[] {
  const ends = flows.flatMap(({ from, to }) => [from, to]).filter((peer) => peer.kind === 'pods');
  return [...new Map(ends.map((peer) => [`${peer.place.namespace}/${peer.place.name}`, peer])).values()];
}

function openings(workload: PodsPeer, flows: readonly Flow[]): NetworkPolicy {
  const ingress = flows
    .filter(({ to }) => isWorkload(to, workload))
    .map(({ from, ports }) => ({ from: [policyPeer(from)], ports: ports.map(tcp) }));
  const egress = flows
    .filter(({ from }) => isWorkload(from, workload))
    .map(({ to, ports }) => ({ to: [policyPeer(to)], ports: ports.map(tcp) }));
  return policy(workload.place.namespace, `allow-${workload.place.name}`, {
    podSelector: { matchLabels: workload.selector },
    policyTypes: ['Ingress', 'Egress'],
    // The API server drops an empty list, so saying one would be a change with every update.
    ...(ingress.length > 0 && { ingress }),
    ...(egress.length > 0 && { egress }),
  });
}

function isWorkload(peer: Peer, { place }: PodsPeer): boolean {
  return peer.kind === 'pods' && peer.place.namespace === place.namespace && peer.place.name === place.name;
}

function policyPeer(peer: Peer): PolicyPeer {
  switch (peer.kind) {
    case 'pods':
      return { ...inNamespace(peer.place.namespace), podSelector: { matchLabels: peer.selector } };
    case 'namespace':
      return inNamespace(peer.namespace);
    case 'internet':
      return { ipBlock: { cidr: '0.0.0.0/0', except: PRIVATE_RANGES } };
  }
}

function inNamespace(namespace: string): PolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

function tcp(port: number): networking.v1.NetworkPolicyPort {
  return { protocol: 'TCP', port };
}

function policy(namespace: string, name: string, spec: networking.v1.NetworkPolicySpec): NetworkPolicy {
  return { metadata: { name, namespace }, spec };
}
