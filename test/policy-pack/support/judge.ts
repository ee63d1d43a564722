import path from 'node:path';
import { PolicyPack, type RemediationResult } from '../../../local/engine/policy/pack.ts';
import type { Subject } from '../../../local/engine/policy/messages.ts';
import type { Violation } from '../../../local/engine/policy/violation.ts';
import type { PolicyConfig } from '../../../local/engine/policy/levels.ts';
import { NO_OPTIONS } from '../../../local/engine/resource.ts';
import { ROOT_STACK, type TestResource, type TestStack } from './resource.ts';
import { WEDNESDAY } from './wednesday.ts';

const PACK = path.resolve(import.meta.dirname, '../../../policy-pack');
/** For a pack that hangs; one that runs answers in milliseconds. */
const TIME_LIMIT_MS = 20_000;

export interface JudgeOptions {
  /** The stack's name. @default 'uk-south' */
  readonly stack?: string;
  /** `WEDSYNC_AT`. @default a Wednesday */
  readonly at?: string;
  /** Whether it is a preview. @default true */
  readonly dryRun?: boolean;
  readonly config?: PolicyConfig;
  /** The folder of the pack. @default the repository's */
  readonly pack?: string;
  /** On top of the environment of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The compiled pack in a process of its own, asked over the Analyzer protocol as the Pulumi engine asks it. */
export class Judge implements AsyncDisposable {
  readonly #pack: PolicyPack;
  readonly #stack: string;

  private constructor(pack: PolicyPack, stack: string) {
    this.#pack = pack;
    this.#stack = stack;
  }

  static async start({
    stack = 'uk-south',
    at = WEDNESDAY,
    dryRun = true,
    config = {},
    pack: dir = PACK,
    environment = {},
  }: JudgeOptions = {}): Promise<Judge> {
    const pack = await PolicyPack.start({
      dir,
      project: {
        name: 'wedsync',
        stack,
        dir,
        programDir: dir,
        entryPoint: '.',
        runtime: { typescript: false, nodeArgs: [] },
        config: { values: {}, secretKeys: [] },
      },
      dryRun,
      environment: { WEDSYNC_AT: at, ...environment },
      timeLimit: TIME_LIMIT_MS,
      onLine: () => undefined,
      signal: new AbortController().signal,
      config,
    });
    return new Judge(pack, stack);
  }

  /** Everything that the pack says of a stack. The root stack is there even if `resources` do not name it. */
  async judge(resources: TestStack): Promise<Violation[]> {
    const rooted = resources.some(({ type }) => type === ROOT_STACK);
    const root = { type: ROOT_STACK, name: `wedsync-${this.#stack}`, inputs: {} };
    const stack = rooted ? resources : [root, ...resources];
    const subjects = stack.map((resource) => this.#subject(resource, stack));
    const singly = subjects.map((subject) => this.#pack.analyze(subject));
    const together = this.#pack.analyzeStack(subjects, this.#urn(ROOT_STACK, root.name));
    return (await Promise.all([...singly, together])).flat();
  }

  /** What the pack makes of a resource before it is judged. */
  async remediate(resource: TestResource): Promise<RemediationResult> {
    return await this.#pack.remediate(this.#subject(resource, [resource]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pack.end();
  }

  /** As the engine does, the root stack has no inputs; its outputs come with the whole stack. */
  #subject({ type, name, inputs, sources = {} }: TestResource, stack: TestStack): Subject {
    const urns = (names: readonly string[]) =>
      stack.filter((each) => names.includes(each.name)).map((each) => this.#urn(each.type, each.name));
    return {
      provider: undefined,
      resource: {
        urn: this.#urn(type, name),
        type,
        name,
        custom: type !== ROOT_STACK,
        external: false,
        parent: '',
        inputs: type === ROOT_STACK ? {} : inputs,
        outputs: inputs,
        id: '',
        dependencies: [],
        propertyDependencies: Object.fromEntries(Object.entries(sources).map(([key, names]) => [key, urns(names)])),
        provider: '',
        protect: undefined,
        options: NO_OPTIONS,
      },
    };
  }

  #urn(type: string, name: string): string {
    return `urn:pulumi:${this.#stack}::wedsync::${type}::${name}`;
  }
}
