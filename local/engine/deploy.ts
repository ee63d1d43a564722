import type { StackOptions } from './options.ts';
import { openProject, runProject, type RunResult } from './run.ts';

/** What came of a deployment; without `update` the preview did not allow one. */
export interface DeployResult {
  readonly preview: RunResult;
  readonly update: RunResult | undefined;
  readonly ok: boolean;
}

export interface DeployOptions extends StackOptions {
  /** Told of the preview as soon as it is done, before the update begins. */
  readonly onPreviewed?: (preview: RunResult) => void;
}

/**
 * Previews the whole stack under all policies, and updates it only if nothing forbids that; policies then judge again
 * with the values that were unknown. The packs start anew for the update, beside the program and so at no cost in time:
 * a pack that is already running would go on believing that it judges a preview. Rejects as `run` does.
 */
export async function deploy(options: DeployOptions): Promise<DeployResult> {
  const project = openProject(options);
  const preview = await runProject(project, { ...options, mode: 'preview' });
  options.onPreviewed?.(preview);
  if (!preview.ok) return { preview, update: undefined, ok: false };
  const update = await runProject(project, { ...options, mode: 'update' });
  return { preview, update, ok: update.ok };
}
