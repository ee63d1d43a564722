import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/**
 * Puts a Secret into `folder` as the kubelet mounts one, or a renewed one into the place of the last: its files are links through `..data`, which is exchanged for
 * the folder of the new ones at one stroke (https://pkg.go.dev/k8s.io/kubernetes/pkg/volume/util#AtomicWriter).
 */
export function mountSecret(folder: string, files: Readonly<Record<string, string>>): void {
  const data = join(folder, '..data');
  const fresh = `..${randomUUID()}`;
  mkdirSync(join(folder, fresh), { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, fresh, file), content);
  const before = linked(data);
  symlinkSync(fresh, join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), data);
  for (const file of Object.keys(files))
    if (linked(join(folder, file)) === undefined) symlinkSync(join('..data', file), join(folder, file));
  if (before !== undefined) rmSync(join(folder, before), { recursive: true });
}

function linked(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
