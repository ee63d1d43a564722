import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { findGo } from './go.ts';
import { runCommand, userError } from './run.ts';

/** A Go module that has custom resource definitions as files. */
interface DefinitionModule {
  /** What the files are called by here. */
  readonly name: string;
  readonly path: string;
  readonly version: string;
  /** What Go's checksum database says of the module; another content is refused. */
  readonly sum: string;
  /** Where in the module the definitions are. */
  readonly folder: string;
  readonly files: RegExp;
}

/** The definitions of the services on which a region builds, at the versions that the pinned Helm releases bring. */
const MODULES: readonly DefinitionModule[] = [
  {
    name: 'cert-manager',
    path: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.1',
    sum: 'h1:0LttV37Q5c2CBNoHkjuI8sLKTXWZDC2SwQkxrBMKV9w=',
    folder: 'deploy/crds',
    files: /\.yaml$/,
  },
  {
    name: 'prometheus-operator',
    path: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.93.1',
    sum: 'h1:4Juk8v93RdG1DSGD/mGp+SeQKPmnlLIj2iq3blLZgFY=',
    folder: 'example/prometheus-operator-crd',
    files: /\.yaml$/,
  },
  {
    name: 'keda',
    path: 'github.com/kedacore/keda/v2',
    version: 'v2.20.2',
    sum: 'h1:SR60v8uIcelbveS8n/1jcl8tLdBBIbHMxmdOHw8tKqA=',
    folder: 'config/crd/bases',
    files: /\.yaml$/,
  },
  {
    name: 'velero',
    path: 'github.com/vmware-tanzu/velero',
    version: 'v1.18.3',
    sum: 'h1:9uwN5yxTWQl9PsF5ljX4xiG+7VIq3I9mxOQ0DyyZ31A=',
    folder: 'config/crd/v1/bases',
    files: /\.yaml$/,
  },
  {
    name: 'gatekeeper',
    path: 'github.com/open-policy-agent/gatekeeper/v3',
    version: 'v3.23.1',
    sum: 'h1:njHTm0SJ6ZEhhEgmQTpJKTGQbc99fSs4hGiEp1OIKck=',
    folder: 'config/crd/bases',
    // Beside them lie patches, and what only Gatekeeper's own Pods keep among themselves.
    files: /^(constrainttemplate-customresourcedefinition|match\.gatekeeper\.sh_matchcrd)\.yaml$/,
  },
];

/**
 * The folder with the custom resource definitions of the cluster's services, one folder a service, in the user's cache folder; taken
 * from their Go modules when it is missing.
 *
 * @param say told what is downloaded.
 * @throws an Error, meant to be shown, when there is no Go, a download fails, or a module is not the one that was tried.
 */
export async function ensureDefinitions(say: (line: string) => void, signal: AbortSignal): Promise<string> {
  const key = MODULES.map(({ name, version }) => `${name}-${version}`).join('_');
  const folder = cacheFolder('definitions', key);
  if (existsSync(folder)) return folder;
  const services = MODULES.map(({ name }) => name).join(', ');
  const go = await findGo(`The custom resource definitions of ${services} have to be downloaded from their Go modules`);
  await mkdir(cacheFolder('definitions'), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  for (const module of MODULES) {
    say(`  … custom resource definitions of ${module.name} ${module.version}`);
    const from = await download(go, module, signal);
    const files = (await readdir(from)).filter((file) => module.files.test(file));
    for (const file of files) await cp(join(from, file), join(unfinished, module.name, file));
  }
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // another run was as fast
  });
  return folder;
}

async function download(
  go: string,
  { path, version, sum, folder }: DefinitionModule,
  signal: AbortSignal,
): Promise<string> {
  const { stdout, stderr } = await runCommand([go, 'mod', 'download', '-json', `${path}@${version}`], { signal });
  signal.throwIfAborted();
  const answer = parse(stdout);
  if (answer.Dir === undefined)
    throw userError(`${path} ${version} could not be downloaded. Go says: ${answer.Error ?? stderr.trim()}`);
  if (answer.Sum !== sum)
    throw userError(`${path} ${version} has the checksum ${answer.Sum ?? ''}; expected ${sum}. It is not used.`);
  return join(answer.Dir, folder);
}

function parse(json: string): { readonly Dir?: string; readonly Sum?: string; readonly Error?: string } {
  try {
    return JSON.parse(json) as { Dir?: string };
  } catch {
    return {};
  }
}
