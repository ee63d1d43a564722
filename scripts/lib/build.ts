import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { glob, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { ROOT } from './root.ts';

interface Target {
  readonly name: string;
  readonly folder: string;
  /** Folders whose sources go into the build. */
  readonly sources: readonly string[];
  /** Builds into a folder that is there only for it. */
  readonly build: (output: string) => Promise<void>;
}

/** Says which sources a folder was built from. */
const STAMP = '.sources';

const TARGETS: readonly Target[] = [
  {
    name: 'cache engine',
    folder: 'services/cache-engine',
    sources: ['services/cache-engine', 'services/domain', 'services/service-kit'],
    build: async (output) => (await import('../../services/cache-engine/build.ts')).build(output),
  },
  {
    name: 'console',
    folder: 'services/region-operator',
    sources: ['region-operator', 'console', 'cache-client', 'cache-engine/src', 'domain', 'service-kit'].map(
      (name) => `services/${name}`,
    ),
    build: async (output) => {
      await (await import('../../services/region-operator/build.ts')).build(output);
      await (await import('../../services/console/build.ts')).build(join(output, 'console'));
    },
  },
  {
    name: 'policy pack',
    folder: 'policy-pack',
    sources: ['policy-pack', 'services/domain'],
    build: async (output) => (await import('../../policy-pack/build.ts')).build(output),
  },
];

/** Builds what has changed since it was last built. Gives back the names of what was built. */
export async function buildAll(): Promise<string[]> {
  const built = await Promise.all(TARGETS.map(async (target) => ((await refresh(target)) ? target.name : undefined)));
  // The bundler keeps a process for the next build, which will not come.
  await stop();
  return built.filter((name) => name !== undefined);
}

async function refresh({ folder, sources, build }: Target): Promise<boolean> {
  const dist = join(ROOT, folder, 'dist');
  const stamp = join(dist, STAMP);
  const hash = await hashOf(sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  // Built aside and put in place at once: another command may be running what is there.
  const fresh = `${dist}.${process.pid}`;
  await build(fresh);
  writeFileSync(join(fresh, STAMP), hash);
  const stale = `${fresh}.old`;
  if (existsSync(dist)) await rename(dist, stale);
  await rename(fresh, dist);
  await rm(stale, { recursive: true, force: true });
  return true;
}

/** A hash over every source file and the lock file, since a dependency is a source too. */
async function hashOf(folders: readonly string[]): Promise<string> {
  const files = ['package-lock.json'];
  const exclude = (name: string) => name === 'node_modules' || name.startsWith('dist');
  for await (const file of glob(
    folders.map((folder) => `${folder}/**/*.{ts,tsx,css,html,svg,json,yaml}`),
    { cwd: ROOT, exclude },
  )) {
    files.push(file);
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}
