import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageBuilder, UserError } from '../engine/index.ts';

/**
 * Stands in for the image build where there is no Docker: the "image" is the folder that the image would contain, and its
 * digest is the folder's, so that a changed engine is rolled out like any new image.
 */
export function folderImageBuilder(folder: string): ImageBuilder {
  return async ({ tags }) => {
    const tag: unknown = Array.isArray(tags) ? tags[0] : undefined;
    if (typeof tag !== 'string') throw new UserError('The image has no tag; docker-build needs one to push to.');
    const digest = `sha256:${hashOf(folder)}`;
    return { digest, ref: `${tag}@${digest}` };
  };
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(`${path.slice(folder.length)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}
