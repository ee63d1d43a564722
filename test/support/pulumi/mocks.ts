import { type Inputs, runtime } from '@pulumi/pulumi';

/** A resource as the program asked for it. */
export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

/** Types whose outputs are more than their inputs, and what they answer. Anything else of these packages is a mistake. */
const OUTPUTS: Record<string, (name: string, inputs: Inputs) => Inputs> = {
  'random:index/randomPassword:RandomPassword': (name, inputs) => ({ ...inputs, result: `password-of-${name}` }),
  'random:index/randomBytes:RandomBytes': (name, inputs) => ({ ...inputs, base64: `base64-of-${name}` }),
  'docker-build:index:Image': (_name, inputs) => ({
    ...inputs,
    ref: `${(inputs['tags'] as string[])[0]}@sha256:${'0'.repeat(64)}`,
  }),
  'pulumi:providers:kubernetes': (_name, inputs) => inputs,
};

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
        const known =
          OUTPUTS[type] ??
          (isComponent || type.startsWith('kubernetes:') ? (_: string, same: Inputs) => same : undefined);
        if (known === undefined) throw new Error(`The program made a resource of a type that no test expects: ${type}`);
        return { id: `${name}-id`, state: known(name, inputs as Inputs) };
      },
      call({ token }) {
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
