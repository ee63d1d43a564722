import { BlockList, isIP } from 'node:net';

/** Ranges that the internet does not reach: RFC 1918, RFC 6598 (carrier-grade), RFC 4193, loopback and link-local. */
const PRIVATE_RANGES = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
] as const;

/** Whether a CIDR range holds addresses of the internet: `0.0.0.0/0`, `::/0`, any other range that is not private. */
export function isPublicRange(cidr: string): boolean {
  const [address = '', prefix = ''] = cidr.split('/');
  const version = isIP(address);
  if (version === 0) return true;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return !PRIVATE_RANGES.some(([network, length]) => {
    if (isIP(network) !== version) return false;
    const range = new BlockList();
    range.addSubnet(network, length, family);
    return Number(prefix) >= length && range.check(address, family);
  });
}
