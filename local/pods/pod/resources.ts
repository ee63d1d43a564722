import { availableParallelism, totalmem } from 'node:os';
import type { Container, ResourceFieldRef } from '../kubernetes/pod-spec.ts';

const FACTORS: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity as a number: `500m` → 0.5, `2Gi` → 2147483648; NaN for what is none. */
export function parseQuantity(text: string): number {
  const [, digits, unit] = /^([\d.]+)([A-Za-z]*)$/.exec(text) ?? [];
  return Number(digits) * (FACTORS[unit ?? ''] ?? NaN);
}

/** The value of a `resourceFieldRef`, rounded up; without a limit, what the machine has, as the kubelet answers. */
export function resourceOf(container: Container, ref: ResourceFieldRef): string {
  const [list, resource = ''] = ref.resource.split('.');
  const { limits, requests } = container.resources ?? {};
  const machine: Record<string, string> = { cpu: `${availableParallelism()}`, memory: `${totalmem()}` };
  const stated = list === 'limits' ? limits?.[resource] : requests?.[resource];
  const quantity = stated ?? (list === 'limits' ? machine[resource] : undefined) ?? '0';
  const divisor = parseQuantity(ref.divisor ?? '1') || 1;
  return String(Math.ceil(parseQuantity(quantity) / divisor));
}
