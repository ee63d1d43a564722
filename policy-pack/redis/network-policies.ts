import { matches } from '../kubernetes/labels.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { REDIS_PORTS } from '../kubernetes/redis.ts';
import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';
import { isRedisPort, type RedisPods, type RedisTargets } from './exposure.ts';
import { isPublicRange } from './open-ranges.ts';

const FIX = 'Name the Pods that may connect, by namespace and label.';

/** The openings of a network policy through which anybody could reach Redis. */
export function checkNetworkPolicy({ title, namespace, fields }: KubernetesObject, targets: RedisTargets): Finding[] {
  const selector = fields.at('spec', 'podSelector');
  const selected = targets.pods.filter((pods) => pods.namespace === namespace && matches(selector, pods.labels));
  return fields
    .at('spec', 'ingress')
    .items()
    .filter((rule) => reachesRedis(rule.at('ports'), selected))
    .flatMap((rule) => checkPeers(title, rule.at('from')));
}

/** Whether a rule opens a port of Redis: on Redis' Pods, or one with Redis' number wherever. No ports means all ports. */
function reachesRedis(ports: Field, selected: readonly RedisPods[]): boolean {
  const listed = ports.items();
  if (listed.length === 0) return !ports.unknown && selected.length > 0;
  const names = selected.flatMap(({ portNames }) => portNames);
  return listed.some((entry) => {
    const port = entry.at('port');
    if (port.isAbsent) return selected.length > 0;
    const end = entry.at('endPort').number;
    if (port.number !== undefined && end !== undefined) {
      const first = port.number;
      return REDIS_PORTS.some((redis) => first <= redis && redis <= end);
    }
    return isRedisPort(port) || (port.text !== undefined && names.includes(port.text));
  });
}

function checkPeers(title: string, from: Field): Finding[] {
  if (from.unknown) return [];
  const peers = from.items();
  if (peers.length === 0) return [objection(title, from, 'It lets everybody reach Redis.', FIX)];
  return peers.flatMap((peer) => checkPeer(title, peer));
}

function checkPeer(title: string, peer: Field): Finding[] {
  const cidr = peer.at('ipBlock', 'cidr');
  if (cidr.text !== undefined && isPublicRange(cidr.text)) {
    return [objection(title, cidr, 'It lets the internet reach Redis.', FIX)];
  }
  const namespaces = peer.at('namespaceSelector');
  if (selectsAll(namespaces) && (peer.at('podSelector').isAbsent || selectsAll(peer.at('podSelector')))) {
    return [objection(title, namespaces, 'It lets every Pod of the cluster reach Redis.', FIX)];
  }
  return [];
}

/** A selector that is there and empty. */
function selectsAll(selector: Field): boolean {
  return (
    selector.isSet &&
    selector.at('matchLabels').entries().length === 0 &&
    selector.at('matchExpressions').items().length === 0 &&
    !selector.uncertain
  );
}
