import type { Field } from '../values/field.ts';
import { parseImage } from './image-reference.ts';
import type { Labels } from './labels.ts';
import type { KubernetesObject } from './object.ts';
import { type Container, containersOf, podOf, type PodTemplate } from './pod.ts';
import { wordsOf } from './words.ts';

/** The port of Redis' clients, and of its cluster bus (10,000 above, by the specification). */
export const REDIS_PORTS: readonly number[] = [6379, 16379];

/** Kinds that keep Pods running; a Job that only calls `redis-cli` is no Redis. */
const SERVING_KINDS: readonly string[] = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
/** Repositories of Redis itself, under any path; exporters and web pages for Redis have other names. */
const REPOSITORY = /(^|\/)(redis|valkey)(-cluster|-stack|-stack-server)?$/;
const SERVERS = /(^|[\s/])(redis|valkey)-server(\s|$)/;

/** Redis, or the fork of it that kept its licence; each numbers its versions by itself. */
export type RedisProduct = 'redis' | 'valkey';

/** Which of the two an image holds, by its repository; `undefined` where it is an image of something else. */
export function productOf(repository: string): RedisProduct | undefined {
  return REPOSITORY.exec(repository)?.[2] as RedisProduct | undefined;
}

/** A workload that runs Redis. */
export interface RedisWorkload {
  readonly object: KubernetesObject;
  readonly pod: PodTemplate;
  /** The containers in which Redis runs. */
  readonly containers: readonly Container[];
  /** The labels of its Pods. */
  readonly labels: Labels;
}

/** An object as a workload that runs Redis; `undefined` when it is none. */
export function redisWorkload(object: KubernetesObject): RedisWorkload | undefined {
  const pod = SERVING_KINDS.includes(object.kind) ? podOf(object) : undefined;
  if (!pod) return undefined;
  const containers = containersOf(pod).filter(({ fields }) => runsRedis(fields));
  return containers.length === 0 ? undefined : { object, pod, containers, labels: pod.metadata.at('labels').texts() };
}

/** The words of a container's command line, however they are spread over `command` and `args`. */
export function commandWords(container: Field): string[] {
  return ['command', 'args'].flatMap((list) => container.at(list).items()).flatMap((part) => wordsOf(part.text ?? ''));
}

/** Whether Redis runs in a container: by its image, or by its command line, which may start it in any image. */
export function runsRedis(container: Field): boolean {
  const words = commandWords(container).join(' ');
  if (SERVERS.test(words) || /--cluster-enabled\s+yes/.test(words)) return true;
  return productOf(parseImage(container.at('image').text ?? '')?.repository ?? '') !== undefined;
}
