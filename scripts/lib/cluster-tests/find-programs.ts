import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { KUBERNETES_MINOR, type Program } from './programs.ts';
import { runCommand } from './run.ts';

/** Programs by name, each with its path. */
export type ProgramPaths = Readonly<Record<string, string>>;

/** Where programs are taken from before anything is built: KUBEBUILDER_ASSETS, then the PATH. */
function folders(): string[] {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  return [...(assets ? [assets] : []), ...(process.env['PATH'] ?? '').split(delimiter)].filter(
    (folder) => folder !== '',
  );
}

/**
 * The program where this machine has it already, if it will do: a program of Kubernetes must be of the very minor version that is
 * tested, whatever else the machine has it for.
 */
export async function findProgram({ name }: Program): Promise<string | undefined> {
  const path = folders()
    .map((folder) => join(folder, name))
    .find(isExecutable);
  return path !== undefined && (await fits(name, path)) ? path : undefined;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function fits(name: string, path: string): Promise<boolean> {
  if (!name.startsWith('kube-') || name === 'kube-score') return true;
  const { stdout } = await runCommand([path, '--version']);
  return stdout.includes(`${KUBERNETES_MINOR}.`);
}
