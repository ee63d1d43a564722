import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './root.ts';

interface Target {
  readonly name: string;
  readonly folder: string;
  /** Folders whose TypeScript goes into the build. */
  readonly sources: readonly string[];
  readonly build: () => Promise<void>;
}

const TARGETS: readonly Target[] = [
  {
    name: 'cache engine',
    folder: 'services/cache-engine',
    sources: ['services/cache-engine', 'services/domain'],
    build: async () => (await import('../../services/cache-engine/build.ts')).build(),
  },
  {
    name: 'policy pack',
    folder: 'policy-pack',
    sources: ['policy-pack', 'services/domain'],
    build: async () => (await import('../../policy-pack/build.ts')).build(),
  },
];

/** Builds what has changed since it was last built. Gives back the names of what was built. */
export async function buildAll(): Promise<string[]> {
  const built = await Promise.all(TARGETS.map(async (target) => ((await refresh(target)) ? target.name : undefined)));
  return built.filter((name) => name !== undefined);
}

async function refresh({ folder, sources, build }: Target): Promise<boolean> {
  const stamp = join(ROOT, folder, 'dist', '.sources');
  const hash = await hashOf(sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  await build();
  writeFileSync(stamp, hash);
  return true;
}

/** A hash over every source file and the lock file, since a dependency is a source too. */
async function hashOf(folders: readonly string[]): Promise<string> {
  const files = ['package-lock.json'];
  for (const folder of folders) {
    const patterns = ['*.{ts,json,yaml}', '{src,rules,kubernetes}/**/*.ts'].map((pattern) => `${folder}/${pattern}`);
    for await (const file of glob(patterns, { cwd: ROOT })) files.push(file);
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}
