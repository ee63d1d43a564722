import { isIP } from 'node:net';
import type { CertificateSpec } from './objects.ts';

/** A name of the cluster's DNS without its domain, and every address that answers to it. */
export interface KnownHost {
  /** `redis` or `redis-0.redis` */
  readonly host: string;
  readonly namespace: string;
  readonly addresses: readonly string[];
}

const SUFFIXES = ['.svc.cluster.local', '.svc', ''];

/**
 * The addresses that a certificate for these names must carry too, because on this machine programs are given addresses
 * where the manifest has names. As in TLS, `*` stands for exactly one label.
 */
export function addressesOfNames(
  dnsNames: readonly string[],
  namespace: string,
  hosts: readonly KnownHost[],
): string[] {
  const found = new Set<string>();
  for (const host of hosts) {
    const spellings = SUFFIXES.map((suffix) => `${host.host}.${host.namespace}${suffix}`);
    if (host.namespace === namespace) spellings.push(host.host);
    const isNamed = dnsNames.some((name) => spellings.some((spelling) => matchesName(name, spelling)));
    if (isNamed) for (const address of host.addresses) found.add(address);
  }
  return [...found].sort();
}

/** Whether a certificate for `pattern` is good for `host`. */
export function matchesName(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}

/** All subject alternative names of a certificate, each once, in an order that does not depend on the host list's. */
export function alternativeNames(
  spec: CertificateSpec,
  namespace: string,
  hosts: readonly KnownHost[],
): { type: 'dns' | 'ip' | 'url'; value: string }[] {
  const dnsNames = [...new Set(spec.dnsNames ?? [])];
  const stated = (spec.ipAddresses ?? []).filter((address) => isIP(address) !== 0);
  const addresses = new Set([...stated, ...addressesOfNames(dnsNames, namespace, hosts)]);
  return [
    ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...[...addresses].map((value) => ({ type: 'ip' as const, value })),
    ...(spec.uris ?? []).map((value) => ({ type: 'url' as const, value })),
  ];
}
