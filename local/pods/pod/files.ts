import { InvalidObjectError } from '../errors/invalid-object.ts';
import { NotThereYetError } from '../errors/not-there-yet.ts';
import type { ConfigMapSource, Volume, VolumeSource } from '../kubernetes/pod-spec.ts';
import type { ObjectStore } from '../kubernetes/store.ts';
import { fieldOf, type PodIdentity } from './identity.ts';

/** A file of a mounted ConfigMap, Secret or downward-API volume. */
export interface MountedFile {
  readonly content: Buffer;
  readonly mode: number;
}

const CONFIG_MODE = 0o644;
const SECRET_MODE = 0o600;

/** Whether a volume's files come from objects, rather than from what programs write. */
export function isMadeOfObjects(volume: Volume): boolean {
  return Boolean(volume.configMap ?? volume.secret ?? volume.projected ?? volume.downwardAPI);
}

/** Whether any file of the volume comes from a Secret. */
export function holdsSecrets(volume: Volume): boolean {
  return Boolean(volume.secret) || (volume.projected?.sources ?? []).some((source) => source.secret);
}

/**
 * The files of such a volume by their path in it, before names and paths in them are replaced.
 * @throws NotThereYetError when an object or key is missing and not optional
 */
export function filesOf(volume: Volume, pod: PodIdentity, store: ObjectStore): Map<string, MountedFile> {
  const sources: readonly VolumeSource[] = volume.projected ? (volume.projected.sources ?? []) : [volume];
  return new Map(sources.flatMap((source) => [...filesOfSource(source, pod, store)]));
}

function filesOfSource(source: VolumeSource, pod: PodIdentity, store: ObjectStore): Map<string, MountedFile> {
  if (source.configMap) return keyedFiles('ConfigMap', source.configMap.name, source.configMap, pod, store);
  if (source.secret) {
    const name = source.secret.secretName ?? source.secret.name ?? '';
    return keyedFiles('Secret', name, source.secret, pod, store);
  }
  const items = source.downwardAPI?.items ?? [];
  return new Map(
    items.map(({ path, fieldRef }) => [
      path,
      { content: Buffer.from(fieldRef ? fieldOf(pod, fieldRef.fieldPath) : ''), mode: CONFIG_MODE },
    ]),
  );
}

function keyedFiles(
  kind: 'ConfigMap' | 'Secret',
  name: string,
  source: Pick<ConfigMapSource, 'items' | 'optional'>,
  pod: PodIdentity,
  store: ObjectStore,
): Map<string, MountedFile> {
  const entries = store.entries(kind, pod.namespace, name);
  if (!entries && source.optional) return new Map();
  if (!entries) throw new NotThereYetError(`${kind} ${pod.namespace}/${name}`);
  const items = source.items ?? [...entries.keys()].map((key) => ({ key, path: key }));
  return new Map(
    items.flatMap(({ key, path }) => {
      if (path.startsWith('/') || path.split('/').includes('..')) {
        throw new InvalidObjectError(
          `${kind} ${pod.namespace}/${name}`,
          `item path ${path} must be relative, without ..`,
        );
      }
      const content = entries.get(key);
      if (!content && source.optional) return [];
      if (!content) throw new NotThereYetError(`key ${key} of ${kind} ${pod.namespace}/${name}`);
      return [[path, { content, mode: fileMode(kind, content) }] as const];
    }),
  );
}

/** A script in a ConfigMap may be run; a Secret is for its owner alone, whatever mode the manifest allows. */
function fileMode(kind: 'ConfigMap' | 'Secret', content: Buffer): number {
  if (kind === 'Secret') return SECRET_MODE;
  return content.subarray(0, 2).toString('latin1') === '#!' ? 0o755 : CONFIG_MODE;
}

/** Whether names and paths in a file may be replaced: text, and not a key or certificate. */
export function isRewritable(content: Buffer): boolean {
  return !content.includes(0) && !content.includes('-----BEGIN');
}
