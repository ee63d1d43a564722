import {
  isMainConfiguration,
  parseConfiguration,
  parseOptions,
  type RedisSettings,
} from '../encryption/redis-settings.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { commandWords, redisWorkload } from '../kubernetes/redis.ts';
import type { Finding } from '../message.ts';
import { INSTANCE_LABEL } from '../redis/clusters.ts';
import type { Rule } from '../rule.ts';

/** What a setting of a queue must be. */
interface Demand {
  readonly name: string;
  /** What Redis takes where nothing is set. */
  readonly otherwise: string;
  readonly holds: (value: string) => boolean;
  readonly problem: string;
  readonly fix: string;
}

const DEMANDS: readonly Demand[] = [
  {
    name: 'appendonly',
    otherwise: 'no',
    holds: (value) => value === 'yes',
    problem: 'Jobs would be gone with a restart.',
    fix: 'Set it to yes.',
  },
  {
    name: 'appendfsync',
    otherwise: 'everysec',
    holds: (value) => value !== 'no',
    problem: 'Jobs that were confirmed could be lost for as long as the kernel waits.',
    fix: 'Set it to everysec, or to always.',
  },
  {
    name: 'maxmemory-policy',
    otherwise: 'noeviction',
    holds: (value) => value === 'noeviction',
    problem: 'With its memory full, the queue would throw jobs away.',
    fix: 'Set it to noeviction; producers get an error and try again.',
  },
];

const QUEUE_NAME = /(^|-)queues?(-|$)/;

/** A Redis that keeps a queue, known by its name or the instance it is labelled with: its configuration file and its command line. */
export function checkQueue(object: KubernetesObject): Finding[] {
  if (!isOfQueue(object)) return [];
  return object.kind === 'ConfigMap' ? checkFiles(object) : checkCommandLine(object);
}

function isOfQueue({ name, fields }: KubernetesObject): boolean {
  return QUEUE_NAME.test(name) || QUEUE_NAME.test(fields.at('metadata', 'labels', INSTANCE_LABEL).text ?? '');
}

function checkFiles({ title, fields }: KubernetesObject): Finding[] {
  return fields
    .at('data')
    .entries()
    .filter(([file, { text }]) => text !== undefined && isMainConfiguration(file, parseConfiguration(text)))
    .flatMap(([, { path, text = '' }]) => weaknesses(title, path, parseConfiguration(text), true));
}

function checkCommandLine(object: KubernetesObject): Finding[] {
  const workload = redisWorkload(object);
  if (!workload) return [];
  return workload.containers.flatMap(({ title, fields }) =>
    weaknesses(`${object.title}, ${title}`, fields.at('args').path, parseOptions(commandWords(fields)), false),
  );
}

/** With `complete`, what is not set has Redis' default; a command line only adds to a file. */
function weaknesses(subject: string, path: string, settings: RedisSettings, complete: boolean): Finding[] {
  return DEMANDS.flatMap(({ name, otherwise, holds, problem, fix }) => {
    const given = settings.get(name)?.join(' ');
    if (given === undefined && !complete) return [];
    if (holds(given ?? otherwise)) return [];
    const value = given === undefined ? 'not set' : JSON.stringify(given);
    return [{ subject, field: `${name} in ${path}`, value, problem, fix }];
  });
}

export const queueDurability: Rule = {
  name: 'queue-durability',
  description: 'A queue keeps every job: on disk, and when its memory is full.',
  checkObject: checkQueue,
};
