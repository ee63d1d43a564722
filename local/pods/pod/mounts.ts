import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InvalidObjectError } from '../errors/invalid-object.ts';
import { NotThereYetError } from '../errors/not-there-yet.ts';
import type { Container, PodSpec, Volume, VolumeMount } from '../kubernetes/pod-spec.ts';
import type { Rewrite } from '../network/name-rewriter.ts';
import { expand, type RawEnvironment } from './environment.ts';
import { filesOf, holdsSecrets, isMadeOfObjects, isRewritable } from './files.ts';
import type { PodIdentity } from './identity.ts';
import type { PodRuntime } from './runtime.ts';

/** A volume as a container sees it. */
export interface Mount {
  readonly mountPath: string;
  /** The folder or, with a subPath, perhaps the file that stands for `mountPath`. */
  readonly target: string;
  readonly volume: Volume;
  /** The folder of the whole volume. */
  readonly folder: string;
  /** The kubelet never renews a file mounted by subPath. */
  readonly renewable: boolean;
}

/**
 * Finds or makes the folders of a container's volumes. Volumes that programs write to are shared by the containers of
 * the Pod; those made of objects are the container's own, as paths in their files become this container's.
 */
export function makeMounts(
  container: Container,
  spec: PodSpec,
  claims: readonly string[],
  pod: PodIdentity,
  environment: RawEnvironment,
  runtime: PodRuntime,
): Mount[] {
  return (container.volumeMounts ?? []).map((mount) => {
    const volume =
      spec.volumes?.find(({ name }) => name === mount.name) ??
      (claims.includes(mount.name)
        ? { name: mount.name, persistentVolumeClaim: { claimName: `${mount.name}-${pod.name}` } }
        : undefined);
    if (!volume) {
      throw new InvalidObjectError(
        `Container ${container.name} of Pod ${pod.namespace}/${pod.name}`,
        `volumeMount ${mount.name} names no volume of the Pod.`,
      );
    }
    const folder = runtime.data.makeFolder(folderOf(volume, container, claims, pod, runtime));
    const inside = subPathOf(mount, environment);
    const target = join(folder, inside);
    if (inside !== '' && !isMadeOfObjects(volume)) runtime.data.makeFolder(target);
    const mountPath = mount.mountPath.replace(/(?<=.)\/$/, '');
    return { mountPath, target, volume, folder, renewable: inside === '' };
  });
}

function folderOf(
  volume: Volume,
  container: Container,
  claims: readonly string[],
  pod: PodIdentity,
  runtime: PodRuntime,
): string {
  const claim = volume.persistentVolumeClaim?.claimName;
  if (claim !== undefined) {
    const declared = runtime.store.find('PersistentVolumeClaim', pod.namespace, claim);
    if (!declared && !claims.includes(volume.name)) {
      throw new NotThereYetError(`PersistentVolumeClaim ${pod.namespace}/${claim}`);
    }
    return runtime.data.path('volumes', pod.namespace, claim);
  }
  if (volume.emptyDir?.medium === 'Memory') return join(secretsOf(pod, runtime), 'memory', volume.name);
  if (holdsSecrets(volume)) return join(secretsOf(pod, runtime), container.name, volume.name);
  if (isMadeOfObjects(volume)) return join(folderOfPod(pod, runtime), 'config', container.name, volume.name);
  return join(folderOfPod(pod, runtime), 'volumes', volume.name);
}

/** A Pod's own folder; what is in it lives as long as the Pod. */
export function folderOfPod(pod: PodIdentity, runtime: PodRuntime): string {
  return runtime.data.path('pods', pod.namespace, pod.name);
}

/** The folder of the Secrets mounted into a Pod. */
export function secretsOf(pod: PodIdentity, runtime: PodRuntime): string {
  return join(runtime.secretsFolder, `${pod.namespace}.${pod.name}`);
}

function subPathOf(mount: VolumeMount, environment: RawEnvironment): string {
  const path = mount.subPathExpr === undefined ? (mount.subPath ?? '') : expand(mount.subPathExpr, environment);
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw new InvalidObjectError(`volumeMount ${mount.name}`, `subPath ${path} must be relative, without "..".`);
  }
  return path;
}

/**
 * Writes the files of the volumes made of objects, with names and paths in them replaced, and removes those that are
 * no longer among them. `written` remembers what each file holds, so that only changed files are written.
 * @throws NotThereYetError when an object is missing
 */
export function writeMountedFiles(
  mounts: readonly Mount[],
  pod: PodIdentity,
  rewrite: Rewrite,
  runtime: PodRuntime,
  written: Map<string, Buffer>,
): void {
  for (const { volume, folder } of mounts.filter((mount) => isMadeOfObjects(mount.volume))) {
    const files = filesOf(volume, pod, runtime.store);
    for (const [path, { content, mode }] of files) {
      const file = join(folder, path);
      const bytes = isRewritable(content) ? Buffer.from(rewrite(content.toString())) : content;
      if (written.get(file)?.equals(bytes)) continue;
      runtime.data.write(file, bytes, mode);
      written.set(file, bytes);
    }
    for (const file of existingFiles(folder)) {
      if (!files.has(relative(folder, file))) {
        runtime.data.remove(file);
        written.delete(file);
      }
    }
  }
}

function existingFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
