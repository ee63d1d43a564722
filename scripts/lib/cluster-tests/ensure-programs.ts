import { createHash } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../root.ts';
import { cacheFolder } from './cache.ts';
import { findProgram, isExecutable, type ProgramPaths } from './find-programs.ts';
import { findGo } from './go.ts';
import { KUBERNETES_MINOR, KUBERNETES_VERSION, type Program, PROGRAMS } from './programs.ts';
import { runCommand, userError } from './run.ts';

const MODULES = join(ROOT, 'test', 'cluster');

/**
 * Every program that the cluster tests run: where the machine has it already, else built from the Go module proxy into the user's
 * cache folder, once for each version of test/cluster/go.mod.
 *
 * @param say told what is built, before and after.
 * @throws an Error, meant to be shown, when there is no Go, or a build fails.
 */
export async function ensurePrograms(say: (line: string) => void, signal: AbortSignal): Promise<ProgramPaths> {
  const folder = cacheFolder('kube', await versionHash());
  const found: Record<string, string> = {};
  const missing: Program[] = [];
  for (const program of PROGRAMS) {
    const cached = join(folder, program.name);
    const path = (await findProgram(program)) ?? (isExecutable(cached) ? cached : undefined);
    if (path === undefined) missing.push(program);
    else found[program.name] = path;
  }
  if (missing.length > 0) {
    const go = await findGo(needOf(missing));
    await mkdir(folder, { recursive: true });
    const minutes = Math.ceil(missing.reduce((sum, { coldMinutes }) => sum + coldMinutes, 0));
    say(
      `Building ${missing.length} programs of Kubernetes and its tools, once; up to ${minutes} min on two idle cores:`,
    );
    for (const program of missing) found[program.name] = await build(program, go, folder, say, signal);
  }
  return found;
}

/** Why there is something to build, as the beginning of a sentence. */
export function needOf(missing: readonly Pick<Program, 'name'>[]): string {
  const names = missing.map(({ name }) => name).join(', ');
  return `Neither KUBEBUILDER_ASSETS nor the PATH has ${names} (Kubernetes' own at ${KUBERNETES_MINOR}): they have to be built`;
}

/** What a build depends on: another version of anything gets a folder of its own. */
async function versionHash(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(PROGRAMS));
  for (const module of new Set(PROGRAMS.map((program) => program.module)))
    for (const file of ['go.mod', 'go.sum']) hash.update(await readFile(join(MODULES, module, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Builds under another name first, so that an interrupted build leaves nothing that looks whole. */
async function build(
  program: Program,
  go: string,
  folder: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const path = join(folder, program.name);
  const unfinished = `${path}.${process.pid}`;
  const started = performance.now();
  say(`  … ${program.name}`);
  const flags = `-s -w -X k8s.io/component-base/version.gitVersion=${KUBERNETES_VERSION}`;
  const { code, stderr } = await runCommand(
    [go, 'build', '-trimpath', '-ldflags', flags, '-o', unfinished, program.package],
    {
      cwd: join(MODULES, program.module),
      env: { ...process.env, GOFLAGS: `${process.env['GOFLAGS'] ?? ''} -mod=readonly`.trim() },
      signal,
    },
  );
  signal.throwIfAborted();
  if (code !== 0)
    throw userError(
      `${program.name} could not be built from ${program.package}. Go says:\n${stderr.trim().split('\n').slice(-8).join('\n')}\n` +
        'Check that this machine reaches a Go module proxy (go env GOPROXY), then run the same command again.',
    );
  await rename(unfinished, path);
  say(`  ✓ ${program.name}, ${Math.round((performance.now() - started) / 1000)} s`);
  return path;
}
