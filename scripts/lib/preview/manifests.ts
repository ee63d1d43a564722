import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import {
  kubernetesObjects,
  UNKNOWN,
  UserError,
  type KubernetesObject,
  type RunResult,
} from '../../../local/engine/index.ts';

const MASK = '[secret]';

/** What stands in a manifest for a value that only an update can know. */
const UNKNOWN_MARK = '[known after the update]';

/** Writes each Kubernetes object to a file of its own in `folder`; returns how many. Rejects with a UserError if it can't. */
export async function writeManifests(result: RunResult, folder: string): Promise<number> {
  try {
    return await write(result, folder);
  } catch (error) {
    throw new UserError(`The manifests can't be written to ${folder}: ${(error as Error).message}.`);
  }
}

async function write(result: RunResult, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const objects = kubernetesObjects(result, MASK).map((object) => markUnknown(object) as KubernetesObject);
  const taken = new Map<string, number>();
  for (const object of objects) {
    const name = fileName(object);
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const file = count === 1 ? `${name}.yaml` : `${name}-${count}.yaml`;
    await writeFile(join(folder, file), dump(object, { lineWidth: -1, noRefs: true }));
  }
  return objects.length;
}

/** `<kind>-<namespace>-<name>`, lower case; without the namespace for what stands in none. */
function fileName({ kind, metadata }: KubernetesObject): string {
  const parts = [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined);
  return parts
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-');
}

function markUnknown(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(UNKNOWN, UNKNOWN_MARK);
  if (Array.isArray(value)) return value.map(markUnknown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markUnknown(item)]));
}
