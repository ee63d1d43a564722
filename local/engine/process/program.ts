import type { Project } from '../project/project.ts';
import { startNode, type Child } from './child.ts';
import { resolveSdk, runtimeEnvironment } from './environment.ts';
import { ORGANIZATION } from '../project/project.ts';

/** How many resources the program may have under way at once: Pulumi's default is four for each core. */
const PARALLEL = '16';

export interface ProgramOptions {
  readonly project: Project;
  readonly dryRun: boolean;
  /** Where the ResourceMonitor and Engine services listen. */
  readonly address: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** Starts the program under Pulumi's own language runtime, as the Node language host does. */
export function startProgram({ project, dryRun, address, environment, onLine }: ProgramOptions): Child {
  const { runtime, programDir } = project;
  const args = [
    ...runtime.nodeArgs,
    resolveSdk(programDir, '@pulumi/pulumi/cmd/run'),
    ...['--monitor', address, '--engine', address, '--organization', ORGANIZATION],
    ...['--project', project.name, '--stack', project.stack, '--parallel', PARALLEL],
    ...['--pwd', programDir, '--root-directory', project.dir],
    ...(dryRun ? ['--dry-run'] : []),
    project.entryPoint,
  ];
  const env = {
    ...runtimeEnvironment(project, dryRun, environment),
    PULUMI_NODEJS_TYPESCRIPT: String(runtime.typescript),
  };
  return startNode({ args, cwd: programDir, env, onLine });
}
