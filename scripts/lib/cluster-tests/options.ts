import { isRegionName, REGION_NAMES, type RegionName } from '@wedsync/domain';
import { parseCommandLine, UsageError } from '../usage.ts';

export interface ClusterTestOptions {
  readonly help: boolean;
  readonly stacks: readonly RegionName[];
  /** Only tests whose name has this text. */
  readonly grep: string | undefined;
}

export const HELP = `Tests the program's Kubernetes objects against a real control plane on this machine: no cloud, no root, no cluster.

Usage: npm run test:cluster [-- OPTION ...]

  --stack NAME  only this stack: ${REGION_NAMES.join(', ')}; may be given more than once
  --grep TEXT   only tests whose name has this text
  --help        this text

kube-apiserver, etcd, kwok and the like are taken from KUBEBUILDER_ASSETS or the PATH, or built once from the Go module proxy into
the user's cache folder, for which Go 1.24 or later is needed; checkov is installed there from the Python package index.

Exit codes: 0 passed, 1 failed, 2 wrong usage, 130 interrupted.
`;

/** @throws UsageError naming the argument, its value and what is allowed. */
export function parseClusterTestOptions(args: readonly string[]): ClusterTestOptions {
  const { values } = parseCommandLine('npm run test:cluster', {
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      stack: { type: 'string', multiple: true },
      grep: { type: 'string' },
    },
  });
  const { help = false, stack = REGION_NAMES, grep } = values;
  const stacks = stack.map((name) => {
    if (isRegionName(name)) return name;
    throw new UsageError(`--stack is "${name}". Allowed: ${REGION_NAMES.join(', ')}.`);
  });
  return { help, stacks, grep };
}
