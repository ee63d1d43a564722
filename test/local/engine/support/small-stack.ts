import {
  memoryStateStore,
  run,
  type PolicyConfig,
  type RunOptions,
  type RunResult,
  type StackOptions,
} from '../../../../local/engine/index.ts';
import { writePack, writeProject } from './project.ts';
import { temporaryFolders } from './temporary.ts';

/** The imports of most programs in tests. */
export const SDK = `import * as k8s from '@pulumi/kubernetes';\nimport * as pulumi from '@pulumi/pulumi';\nimport * as random from '@pulumi/random';\n`;

/** A program with a generated password, and a Kubernetes secret that holds it. */
export const PASSWORDS = `${SDK}
const config = new pulumi.Config();
const password = new random.RandomPassword('password', { length: 16, keepers: { version: config.get('version') ?? '1' } });
const kept = new k8s.core.v1.Secret('kept', { metadata: { name: 'kept' }, stringData: { password: password.result } });
export const result = password.result;
export const data = kept.stringData;
`;

/** What a suite needs to run small programs; what it writes is removed after each test. */
export interface SmallStacks {
  readonly folder: () => string;
  /** The stack `dev` of a program, with further files beside it. */
  readonly stackOf: (
    program: string,
    more?: Partial<StackOptions>,
    files?: Readonly<Record<string, string>>,
  ) => StackOptions;
  /** Runs a program: a preview, unless `more` says otherwise. */
  readonly runOf: (program: string, more?: Partial<RunOptions>) => Promise<RunResult>;
  /** A pack made of the given policies, as JavaScript. */
  readonly packOf: (policies: string, config?: PolicyConfig) => StackOptions['policyPacks'];
}

export function smallStacks(): SmallStacks {
  const folder = temporaryFolders();
  const stackOf: SmallStacks['stackOf'] = (program, more = {}, files = {}) => ({
    projectDir: writeProject(folder(), { 'index.js': program, ...files }),
    stack: 'dev',
    policyPacks: [],
    state: memoryStateStore(),
    ...more,
  });
  return {
    folder,
    stackOf,
    runOf: (program, more = {}) => run({ mode: 'preview', ...stackOf(program), ...more }),
    packOf: (policies, config = {}) => [{ dir: writePack(folder(), policies), config }],
  };
}
