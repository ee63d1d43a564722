import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageBuilder, UserError } from '../engine/index.ts';
import { repositoryOf } from '../pods/images.ts';

/**
 * Stands in for the image build where there is no Docker: the "image" is the folder that the image would contain, and its
 * digest is the folder's, so that a changed service is rolled out like any new image.
 *
 * @param folderOf the folder of an image, by its repository; `undefined` for one that nothing here stands for.
 */
export function folderImageBuilder(folderOf: (repository: string) => string | undefined): ImageBuilder {
  return async ({ tags }) => {
    const tag: unknown = Array.isArray(tags) ? tags[0] : undefined;
    if (typeof tag !== 'string') throw new UserError('The image has no tag; docker-build needs one to push to.');
    const folder = folderOf(repositoryOf(tag));
    if (folder === undefined) throw new UserError(`Nothing on this machine stands for the image ${tag}.`);
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
