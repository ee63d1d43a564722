import { Deployment } from './deployment.ts';
import type { Diagnostic } from './diagnostic.ts';
import { messageOf } from './errors.ts';
import { host } from './host.ts';
import type { RunOptions, StackOptions } from './options.ts';
import { Judge } from './policy/judge.ts';
import type { PolicyPackName } from './policy/pack.ts';
import { PolicyPacks } from './policy/packs.ts';
import type { Remediation, Violation } from './policy/violation.ts';
import { passphraseFromEnvironment } from './project/passphrase.ts';
import { loadProject, type Project } from './project/project.ts';
import { providerRegistry } from './providers/registry.ts';
import type { Resource } from './resource.ts';
import { save } from './state/save.ts';
import type { PropertyMap } from './values.ts';

/** What came of a run. */
export interface RunResult {
  /** In the order of their registration. */
  readonly resources: readonly Resource[];
  readonly violations: readonly Violation[];
  readonly remediations: readonly Remediation[];
  /** The packs that judged. */
  readonly policyPacks: readonly PolicyPackName[];
  /** What the program exports; may hold secrets and unknowns. */
  readonly outputs: PropertyMap;
  readonly diagnostics: readonly Diagnostic[];
  /** True if nothing failed and no mandatory policy is violated. */
  readonly ok: boolean;
}

/**
 * Runs a program once. Rejects with a UserError if the project or its configuration is wrong, and with the signal's
 * reason if aborted; what goes wrong later is in the result. When it settles, no process of it is left.
 */
export async function run(options: RunOptions): Promise<RunResult> {
  return runProject(openProject(options), options);
}

/** Reads the project that the options name. */
export function openProject({ projectDir, stack, config, passphrase }: StackOptions): Project {
  return loadProject({
    projectDir,
    stack,
    overrides: config ?? {},
    passphrase: passphrase ?? (() => passphraseFromEnvironment(process.env)),
  });
}

/** Runs the program of a project that has been read, with its policy packs starting beside it. */
export async function runProject(project: Project, options: RunOptions): Promise<RunResult> {
  const { state, signal } = options;
  signal?.throwIfAborted();
  const previous = await state.read(project.name, project.stack);
  const dryRun = options.mode === 'preview';
  const packs = new PolicyPacks(project, options, dryRun);
  const onEvent = options.onEvent ?? ((): void => undefined);
  const deployment = new Deployment({
    project,
    dryRun,
    judge: new Judge(packs.ready, (violation) => onEvent({ kind: 'violation', violation })),
    findProvider: providerRegistry({
      programDir: project.programDir,
      imageBuilder: options.imageBuilder,
      overrides: options.providers ?? {},
    }),
    store: state,
    previous,
    onEvent,
  });
  packs.ready.catch((error: unknown) => deployment.fail(messageOf(error)));
  const stop = (): void => deployment.stop();
  signal?.addEventListener('abort', stop, { once: true });
  let finished = false;
  try {
    signal?.throwIfAborted();
    await host(deployment, options);
    signal?.throwIfAborted();
    await judgeStack(deployment);
    signal?.throwIfAborted();
    finished = !deployment.failed && (dryRun || !deployment.setup.judge.forbids);
    return resultOf(deployment, deployment.failed ? [] : await packs.described());
  } finally {
    signal?.removeEventListener('abort', stop);
    await packs.end();
    if (!dryRun) await save(deployment, finished);
  }
}

/** Policies on the stack speak at the end, and only if there is a whole stack to speak of. */
async function judgeStack(deployment: Deployment): Promise<void> {
  const { judge, dryRun } = deployment.setup;
  if (deployment.failed || (!dryRun && judge.forbids)) return;
  const { graph } = deployment;
  const subjects = graph.all().map((resource) => ({
    resource,
    provider: graph.get(resource.provider.slice(0, resource.provider.lastIndexOf('::'))),
  }));
  try {
    await judge.judgeStack(subjects, graph.root);
  } catch (error) {
    deployment.fail(messageOf(error));
  }
}

function resultOf(deployment: Deployment, policyPacks: readonly PolicyPackName[]): RunResult {
  const { graph, setup, outputs, diagnostics, failed } = deployment;
  const { violations, remediations, forbids } = setup.judge;
  return {
    resources: graph.all(),
    violations,
    remediations,
    policyPacks,
    outputs,
    diagnostics,
    ok: !failed && !forbids,
  };
}
