import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import type { RenderedStack } from '../stacks/render.ts';

/** Writes each object to a file of its own. @returns the folder, for use in place */
export function writeObjects({ objects, stack, variant }: RenderedStack, below: string): string {
  const folder = join(below, `${stack}-${variant.replaceAll(' ', '-')}`);
  mkdirSync(folder, { recursive: true });
  objects.forEach((object, index) => {
    const name = `${String(index).padStart(3, '0')}-${object.kind}-${object.metadata.name}.yaml`;
    writeFileSync(join(folder, name), dump(object, { lineWidth: -1, noRefs: true }));
  });
  return folder;
}
