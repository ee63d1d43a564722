import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, objection } from '../message.ts';
import { isRedisPort, redisTargets, type RedisTargets } from '../redis/exposure.ts';
import { checkFirewall } from '../redis/firewalls.ts';
import { checkNetworkPolicy } from '../redis/network-policies.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

const INSIDE = 'Clients of Redis run inside the cluster; use a Service of type ClusterIP.';
const OUTSIDE_TYPES: readonly string[] = ['LoadBalancer', 'NodePort'];

/** Everything in a stack through which Redis could be reached from outside. */
export function checkExposure(objects: readonly KubernetesObject[]): Finding[] {
  const targets = redisTargets(objects);
  return objects.flatMap((object) => checkObject(object, targets).map((finding) => ({ ...finding, urn: object.urn })));
}

function checkObject(object: KubernetesObject, targets: RedisTargets): Finding[] {
  switch (object.kind) {
    case 'Service':
      return targets.services.has(`${object.namespace}/${object.name}`) ? checkService(object) : [];
    case 'Ingress':
      return checkBackends(object, ingressBackends(object), targets);
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TCPRoute':
    case 'TLSRoute':
    case 'UDPRoute':
      return checkBackends(object, routeBackends(object), targets);
    case 'Gateway':
      return checkListeners(object);
    case 'NetworkPolicy':
      return checkNetworkPolicy(object, targets);
    default:
      return [];
  }
}

function checkService({ title, fields }: KubernetesObject): Finding[] {
  const type = fields.at('spec', 'type');
  const addresses = fields.at('spec', 'externalIPs');
  return [
    ...(OUTSIDE_TYPES.includes(type.text ?? '')
      ? [objection(title, type, 'It opens Redis to networks outside the cluster.', INSIDE)]
      : []),
    ...(addresses.items().length > 0
      ? [objection(title, addresses, 'It opens Redis on addresses outside the cluster.', INSIDE)]
      : []),
  ];
}

/** A Service to which an Ingress or a route leads. */
interface Backend {
  readonly name: Field;
  readonly namespace: string;
  readonly port: Field;
}

function ingressBackends({ namespace, fields }: KubernetesObject): Backend[] {
  const paths = fields
    .at('spec', 'rules')
    .items()
    .flatMap((rule) => rule.at('http', 'paths').items());
  return [fields.at('spec', 'defaultBackend'), ...paths.map((path) => path.at('backend'))]
    .map((backend) => backend.at('service'))
    .map((service) => ({ name: service.at('name'), namespace, port: service.at('port', 'number') }));
}

function routeBackends({ namespace, fields }: KubernetesObject): Backend[] {
  return fields
    .at('spec', 'rules')
    .items()
    .flatMap((rule) => rule.at('backendRefs').items())
    .map((backend) => ({
      name: backend.at('name'),
      namespace: backend.at('namespace').text ?? namespace,
      port: backend.at('port'),
    }));
}

function checkBackends(
  { title }: KubernetesObject,
  backends: readonly Backend[],
  { services }: RedisTargets,
): Finding[] {
  return backends
    .filter(({ name, namespace, port }) => services.has(`${namespace}/${name.text ?? ''}`) || isRedisPort(port))
    .map(({ name }) => objection(title, name, 'It leads from outside the cluster to Redis.', 'Remove this way in.'));
}

function checkListeners({ title, fields }: KubernetesObject): Finding[] {
  return fields
    .at('spec', 'listeners')
    .items()
    .map((listener) => listener.at('port'))
    .filter(isRedisPort)
    .map((port) => objection(title, port, 'It opens a port of Redis to outside the cluster.', 'Remove the listener.'));
}

export const redisNotExposed: Rule = {
  name: 'redis-not-exposed',
  description: 'Redis is reached from inside the cluster only.',
  checkResource: checkFirewall,
  checkStack: checkExposure,
};
