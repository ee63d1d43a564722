import { createRequire } from 'node:module';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { ORGANIZATION, type Project } from '../project/project.ts';

/** What Pulumi's Node runtime reads from the environment, for a program as for a policy pack. */
export function runtimeEnvironment(
  project: Project,
  dryRun: boolean,
  extra: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(project.config.values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(project.config.secretKeys),
    PULUMI_NODEJS_ORGANIZATION: ORGANIZATION,
    PULUMI_NODEJS_PROJECT: project.name,
    PULUMI_NODEJS_STACK: project.stack,
    PULUMI_NODEJS_DRY_RUN: String(dryRun),
    ...extra,
  };
}

/** Finds a part of the Pulumi SDK as the code in `dir` would, so that both share one copy. */
export function resolveSdk(dir: string, module: string): string {
  try {
    return createRequire(path.join(dir, 'package.json')).resolve(module);
  } catch {
    throw new UserError(`${module} is not installed where ${dir} can find it. Run npm ci.`);
  }
}
