import { type Inputs, runtime } from '@pulumi/pulumi';
import { type Answer, CLOUD_ANSWERS, CLOUD_FUNCTIONS } from './clouds.ts';

/** A resource as the program asked for it. */
export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

/** Types whose outputs are more than their inputs, and what they answer. Anything else of these packages is a mistake. */
const OUTPUTS: Readonly<Record<string, Answer>> = {
  ...CLOUD_ANSWERS,
  'random:index/randomPassword:RandomPassword': (name) => ({ result: `password-of-${name}` }),
  'random:index/randomBytes:RandomBytes': (name) => ({ base64: `base64-of-${name}` }),
  'docker-build:index:Image': (_name, inputs) => ({
    ref: `${(inputs['tags'] as string[])[0]}@sha256:${'0'.repeat(64)}`,
  }),
  'pulumi:providers:kubernetes': () => ({}),
};

const NOTHING_MORE: Answer = () => ({});

/**
 * Runs `program` against mocks that record every resource and throw on a call or a type that nobody expected.
 * Gives back what was recorded and what `program` returned.
 */
export async function record<T>(
  stack: string,
  config: Readonly<Record<string, string>>,
  program: () => T | Promise<T>,
): Promise<{ resources: RecordedResource[]; result: T }> {
  const resources: RecordedResource[] = [];
  await runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        resources.push({ type, name, inputs: inputs as Inputs });
        const isComponent = type.startsWith('wedsync:') || type.startsWith('pulumi:pulumi:');
        const known = OUTPUTS[type] ?? (isComponent || type.startsWith('kubernetes:') ? NOTHING_MORE : undefined);
        if (known === undefined) throw new Error(`The program made a resource of a type that no test expects: ${type}`);
        const { id = `${name}-id`, ...state } = known(name, inputs as Inputs);
        return { id, state: { ...(inputs as Inputs), ...state } };
      },
      call({ token }) {
        const answer = CLOUD_FUNCTIONS[token];
        if (answer !== undefined) return answer;
        throw new Error(`The program called ${token}, which no test expects.`);
      },
    },
    'wedsync',
    stack,
    false,
  );
  runtime.setAllConfig({ ...config });
  const result = await program();
  await new Promise((resolve) => setImmediate(resolve));
  await runtime.disconnect();
  return { resources, result };
}
