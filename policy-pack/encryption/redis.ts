import type { KubernetesObject } from '../kubernetes/object.ts';
import { commandWords, redisWorkload } from '../kubernetes/redis.ts';
import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';
import {
  isMainConfiguration,
  parseConfiguration,
  parseOptions,
  type Weakness,
  weaknessesOf,
} from './redis-settings.ts';

const NO_CONFIGURATION = 'With neither a configuration file nor a TLS port, Redis speaks plaintext only.';
const ADD_CONFIGURATION = 'Name a file that sets port 0, tls-port, tls-cluster, tls-replication and tls-protocols.';

/** A configuration file of Redis in a ConfigMap, known by its name or its content. */
export function checkConfigMap({ kind, title, fields }: KubernetesObject): Finding[] {
  if (kind !== 'ConfigMap') return [];
  return fields
    .at('data')
    .entries()
    .filter(([file, { text = '' }]) => isMainConfiguration(file, parseConfiguration(text)))
    .flatMap(([, field]) => checkFile(title, field));
}

/** Redis' command line: it overrides the file, and where there is no file it is all that Redis gets. */
export function checkCommandLine(object: KubernetesObject): Finding[] {
  const workload = redisWorkload(object);
  if (!workload) return [];
  return workload.containers.flatMap(({ title, fields }) => {
    const subject = `${object.title}, ${title}`;
    const args = fields.at('args');
    if ([args, fields.at('command')].some((list) => list.uncertain)) return [];
    const settings = parseOptions(commandWords(fields));
    const complete = configurationFiles(fields).length === 0;
    if (complete && !settings.has('tls-port')) return [objection(subject, args, NO_CONFIGURATION, ADD_CONFIGURATION)];
    return weaknessesOf(settings, { complete }).map((weakness) =>
      findingOf(subject, `--${weakness.name} in ${args.path}`, weakness),
    );
  });
}

/**
 * Configuration files that only their use gives away: a Redis names them on its command line, and a ConfigMap that it
 * mounts holds them.
 */
export function checkMountedFiles(objects: readonly KubernetesObject[]): Finding[] {
  const named = new Set(
    objects
      .map(redisWorkload)
      .filter((workload) => workload !== undefined)
      .flatMap(({ object, pod, containers }) => {
        const files = containers
          .flatMap(({ fields }) => configurationFiles(fields))
          .map((file) => file.split('/').at(-1));
        return mountedMaps(pod.spec).flatMap((map) => files.map((file) => `${object.namespace}/${map}/${file ?? ''}`));
      }),
  );
  return objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ urn, namespace, name, title, fields }) =>
      fields
        .at('data')
        .entries()
        .filter(([file]) => named.has(`${namespace}/${name}/${file}`))
        .filter(([file, { text = '' }]) => !isMainConfiguration(file, parseConfiguration(text)))
        .flatMap(([, field]) => checkFile(title, field).map((finding) => ({ ...finding, urn }))),
    );
}

function checkFile(title: string, field: Field): Finding[] {
  if (field.text === undefined) return [];
  return weaknessesOf(parseConfiguration(field.text), { complete: true }).map((weakness) =>
    findingOf(title, `${weakness.name} in ${field.path}`, weakness),
  );
}

function findingOf(subject: string, field: string, { value, problem, fix }: Weakness): Finding {
  return { subject, field, value: value === undefined ? 'not set' : JSON.stringify(value), problem, fix };
}

function configurationFiles(container: Field): string[] {
  return commandWords(container).filter((word) => word.endsWith('.conf'));
}

function mountedMaps(spec: Field): string[] {
  return spec
    .at('volumes')
    .items()
    .flatMap((volume) => [volume, ...volume.at('projected', 'sources').items()])
    .map((source) => source.at('configMap', 'name').text)
    .filter((name) => name !== undefined);
}
