import assert from 'node:assert/strict';
import { memoryStateStore, run } from '../../../local/engine/index.ts';
import { PASSWORDS, SDK, smallStacks } from './support/small-stack.ts';

/** A project whose program Node runs as it is, and a file with a mistake that it may import. */
const FILES = {
  'Pulumi.yaml': 'name: small\nruntime: { name: nodejs, options: { typescript: false } }\n',
  'mistake.ts': 'const a: number = ;',
};

describe('a run that fails', () => {
  const { runOf, stackOf } = smallStacks();

  const failures: readonly [what: string, program: string, message: RegExp | string][] = [
    [
      'by an error for the user',
      `import * as pulumi from '@pulumi/pulumi';\nthrow new pulumi.RunError('The platform is "mars".');`,
      'The platform is "mars".',
    ],
    [
      'by a property that is not valid',
      `import * as pulumi from '@pulumi/pulumi';\nthrow new pulumi.InputPropertyError({ propertyPath: 'spec.replicas', reason: 'must be above 0' });`,
      'spec.replicas: must be above 0',
    ],
    [
      'by missing configuration',
      `import * as pulumi from '@pulumi/pulumi';\nnew pulumi.Config().require('region');`,
      /^Missing required configuration variable 'small:region'/,
    ],
    ['by a syntax error', 'const a = ;', /^SyntaxError: Unexpected token ';'$/],
    [
      'by a syntax error in TypeScript',
      `import './mistake.ts';`,
      /mistake\.ts:1\nconst a: number = ;\n[\s^]+SyntaxError: Expression expected$/,
    ],
    ['by a module that does not exist', `import './nowhere.js';`, /Cannot find module '.*nowhere\.js'/],
    ['by ending itself', 'process.exit(3);', 'The program failed: it ended with exit code 3'],
  ];
  for (const [what, program, message] of failures) {
    it(`${what} says so once, without a stack trace`, async () => {
      const { diagnostics, ok } = await run({ mode: 'preview', ...stackOf(program, {}, FILES) });
      assert.equal(ok, false);
      assert.deepEqual(
        diagnostics.map(({ severity }) => severity),
        ['error'],
      );
      const said = diagnostics[0]?.message ?? '';
      if (typeof message === 'string') assert.equal(said, message);
      else assert.match(said, message);
      assert.doesNotMatch(said, /\n\s+at /);
    });
  }

  it('by an error that nobody foresaw keeps its stack trace apart from the message', async () => {
    const { diagnostics } = await runOf('undefined.property;');
    assert.match(diagnostics[0]?.message ?? '', /Cannot read properties of undefined/);
    assert.match(diagnostics[0]?.stack ?? '', /at file:.*index\.js:1:11/);
  });

  it('by two resources of one name says which', async () => {
    const twice = `${SDK}for (const data of [{}, {}]) new k8s.core.v1.ConfigMap('twice', { data });`;
    const { diagnostics } = await runOf(twice);
    assert.deepEqual(
      diagnostics.map(({ message }) => message),
      [
        "Duplicate resource URN 'urn:pulumi:dev::small::kubernetes:core/v1:ConfigMap::twice'; try giving it a unique name.",
      ],
    );
  });

  it('in an update, by a package without a provider here, says so once and keeps what was made', async () => {
    const state = memoryStateStore();
    const program = `${PASSWORDS}
password.result.apply(() => new pulumi.CustomResource('aws:s3/bucket:Bucket', 'one', {}));
password.result.apply(() => new pulumi.CustomResource('aws:s3/bucket:Bucket', 'two', {}));`;
    const { diagnostics, ok } = await runOf(program, { mode: 'update', state });
    assert.equal(ok, false);
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0]?.message ?? '', /^There is no provider for aws:s3\/bucket:Bucket on one machine/);
    const saved = Object.values((await state.read('small', 'dev'))?.resources ?? {}).map(({ type }) => type);
    assert.ok(saved.includes('random:index/randomPassword:RandomPassword'));
  });

  it('by a reference to a stack that was never updated here names it', async () => {
    const program = `import * as pulumi from '@pulumi/pulumi';\nnew pulumi.StackReference('organization/small/uk-west');`;
    const { diagnostics } = await runOf(program);
    assert.match(
      diagnostics[0]?.message ?? '',
      /'organization\/small\/uk-west' finds no stack: small\/uk-west has not/,
    );
  });

  it('by a reference to another organization says what is allowed', async () => {
    const program = `import * as pulumi from '@pulumi/pulumi';\nnew pulumi.StackReference('acme/small/uk-west');`;
    const { diagnostics } = await runOf(program);
    assert.match(
      diagnostics[0]?.message ?? '',
      /is malformed; on one machine it must be organization\/<project>\/<stack>/,
    );
  });
});
