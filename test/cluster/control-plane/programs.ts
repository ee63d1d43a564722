import type { ProgramPaths } from '../../../scripts/lib/cluster-tests/find-programs.ts';

/** The name of the environment variable in which `npm run test:cluster` says where its programs are. */
const VARIABLE = 'WEDSYNC_CLUSTER_PROGRAMS';

/** The path of a program. @throws an Error that names the command which builds it. */
export function program(name: string): string {
  const paths = JSON.parse(process.env[VARIABLE] ?? '{}') as ProgramPaths;
  const path = paths[name];
  if (path === undefined) throw new Error(`These tests are run by npm run test:cluster, which brings ${name}.`);
  return path;
}
