import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Labels, selects } from '../kubernetes/labels.ts';
import { REDIS_PORTS, redisWorkload } from '../kubernetes/redis.ts';
import type { Field } from '../values/field.ts';

/** The Pods of one Redis workload, as Services and network policies see them. */
export interface RedisPods {
  readonly namespace: string;
  readonly labels: Labels;
  /** The names of Redis' ports on its containers. */
  readonly portNames: readonly string[];
}

/** What of a stack leads to Redis. */
export interface RedisTargets {
  readonly pods: readonly RedisPods[];
  /** Services in front of Redis, as `namespace/name`. */
  readonly services: ReadonlySet<string>;
}

/** Whether a port, by number, is one of Redis'. */
export function isRedisPort(port: Field): boolean {
  return REDIS_PORTS.includes(port.number ?? Number(port.text));
}

/** Finds the Redis Pods of a stack and the Services in front of them. */
export function redisTargets(objects: readonly KubernetesObject[]): RedisTargets {
  const pods = objects.flatMap((object) => {
    const workload = redisWorkload(object);
    if (!workload) return [];
    const ports = workload.containers.flatMap(({ fields }) => fields.at('ports').items());
    const portNames = ports
      .filter((port) => isRedisPort(port.at('containerPort')))
      .map((port) => port.at('name').text ?? '');
    return [{ namespace: object.namespace, labels: workload.labels, portNames }];
  });
  const services = objects
    .filter((object) => object.kind === 'Service' && leadsToRedis(object, pods))
    .map(({ namespace, name }) => `${namespace}/${name}`);
  return { pods, services: new Set(services) };
}

/** Whether a Service selects Redis Pods or forwards to a port of Redis. */
function leadsToRedis({ namespace, fields }: KubernetesObject, pods: readonly RedisPods[]): boolean {
  const selector = fields.at('spec', 'selector');
  return (
    pods.some((target) => target.namespace === namespace && selects(selector, target.labels)) ||
    fields
      .at('spec', 'ports')
      .items()
      .some((port) => isRedisPort(port.at('port')) || isRedisPort(port.at('targetPort')))
  );
}
