import { titleOf } from '../cloud/title.ts';
import { plainType } from '../cloud/type.ts';
import { REDIS_PORTS } from '../kubernetes/redis.ts';
import { type Finding, objection } from '../message.ts';
import type { JudgedResource } from '../resource.ts';
import type { Field } from '../values/field.ts';
import { isPublicRange } from './open-ranges.ts';

/** One opening of a firewall: the ports that it opens, and the fields that say for whom. */
interface Opening {
  readonly opensRedis: boolean;
  readonly ranges: readonly Field[];
}

/** Other words for the whole internet. */
const ANYBODY: readonly string[] = ['*', 'internet', 'any'];

/** Security groups and firewall rules of the clouds that let the internet reach a port of Redis. */
export function checkFirewall(resource: JudgedResource): Finding[] {
  return openings(resource)
    .filter(({ opensRedis }) => opensRedis)
    .flatMap(({ ranges }) => ranges)
    .filter(
      ({ text }) =>
        text !== undefined && (ANYBODY.includes(text.toLowerCase()) || (/[.:]/.test(text) && isPublicRange(text))),
    )
    .map((range) =>
      objection(
        titleOf(resource),
        range,
        'It lets the internet reach Redis.',
        "Name the cluster's own networks, or none.",
      ),
    );
}

function openings({ type, properties }: JudgedResource): Opening[] {
  switch (plainType(type)) {
    case 'aws:ec2:SecurityGroup':
    case 'aws:ec2:DefaultSecurityGroup':
      return properties
        .at('ingress')
        .items()
        .map((rule) => awsOpening(rule));
    case 'aws:ec2:SecurityGroupRule':
      return properties.at('type').is('ingress') ? [awsOpening(properties)] : [];
    case 'aws:vpc:SecurityGroupIngressRule':
      return [
        { ...awsOpening(properties, 'ipProtocol'), ranges: ['cidrIpv4', 'cidrIpv6'].map((key) => properties.at(key)) },
      ];
    case 'gcp:compute:Firewall':
      return properties.at('direction').is('EGRESS') ? [] : [gcpOpening(properties)];
    case 'azure-native:network:NetworkSecurityGroup':
      return properties
        .at('securityRules')
        .items()
        .map((rule) => azureOpening(rule));
    case 'azure-native:network:SecurityRule':
      return [azureOpening(properties)];
    default:
      return [];
  }
}

function awsOpening(rule: Field, protocol = 'protocol'): Opening {
  const [first, last] = [rule.at('fromPort').number, rule.at('toPort').number];
  const everyPort = /^(-1|all)$/.test(rule.at(protocol).text ?? '');
  return {
    opensRedis: everyPort || REDIS_PORTS.some((port) => (first ?? 65_536) <= port && port <= (last ?? -1)),
    ranges: ['cidrBlocks', 'ipv6CidrBlocks'].flatMap((key) => rule.at(key).items()),
  };
}

function gcpOpening(rule: Field): Opening {
  const opensRedis = rule
    .at('allows')
    .items()
    .some((allow) => {
      const ports = allow.at('ports');
      const tcp = /^(tcp|all|6)$/i.test(allow.at('protocol').text ?? '');
      return tcp && (ports.isAbsent || ports.items().some(holdsRedis));
    });
  return { opensRedis, ranges: rule.at('sourceRanges').items() };
}

function azureOpening(rule: Field): Opening {
  const inbound = rule.at('access').is('Allow') && rule.at('direction').is('Inbound');
  const ports = [rule.at('destinationPortRange'), ...rule.at('destinationPortRanges').items()];
  return {
    opensRedis: inbound && ports.some(holdsRedis),
    ranges: [rule.at('sourceAddressPrefix'), ...rule.at('sourceAddressPrefixes').items()],
  };
}

/** A port or a range of them in text: `6379`, `6000-7000`, `*`. */
function holdsRedis({ text, number }: Field): boolean {
  if (text === '*') return true;
  const [first, last = first] = String(text ?? number ?? '').split('-');
  return REDIS_PORTS.some((port) => Number(first) <= port && port <= Number(last));
}
