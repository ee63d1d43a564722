import assert from 'node:assert/strict';
import {
  fileStateStore,
  kubernetesObjects,
  memoryStateStore,
  run,
  secret,
  strip,
  UNKNOWN,
  type RunOptions,
} from '../../../local/engine/index.ts';
import { PASSWORDS, SDK, smallStacks } from './support/small-stack.ts';

describe('a run', () => {
  const { folder, runOf, stackOf } = smallStacks();

  it('keeps generated values from update to update, until their keepers change', async () => {
    const options = stackOf(PASSWORDS, { state: fileStateStore(folder()) });
    const outputs = async (config: Record<string, string>): Promise<unknown> =>
      strip((await run({ ...options, mode: 'update', config })).outputs['result']);
    const first = await outputs({});
    assert.match(String(first), /^.{16}$/);
    assert.equal(await outputs({}), first);
    assert.notEqual(await outputs({ version: '2' }), first);
  });

  it('knows in a preview what the last update made, and not more', async () => {
    const options = stackOf(PASSWORDS);
    const before = await run({ ...options, mode: 'preview' });
    assert.deepEqual(before.outputs['result'], secret(UNKNOWN));
    const made = await run({ ...options, mode: 'update' });
    const after = await run({ ...options, mode: 'preview' });
    assert.deepEqual(after.outputs['result'], made.outputs['result']);
  });

  it('gives its Kubernetes objects in the clear, or masked', async () => {
    const made = await runOf(PASSWORDS, { mode: 'update' });
    const password = strip(made.outputs['result']);
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'kept' } };
    assert.deepEqual(kubernetesObjects(made), [{ ...object, stringData: { password } }]);
    assert.deepEqual(kubernetesObjects(made, '[secret]'), [{ ...object, stringData: '[secret]' }]);
  });

  it('keeps what a resource was under an alias', async () => {
    const state = memoryStateStore();
    const program = (name: string, options: string): string =>
      `${SDK}export const result = new random.RandomString('${name}', { length: 12 }, ${options}).result;`;
    const first = await runOf(program('old', '{}'), { mode: 'update', state });
    const second = await runOf(program('new', "{ aliases: [{ name: 'old' }] }"), { mode: 'update', state });
    assert.equal(second.outputs['result'], first.outputs['result']);
  });

  it('keeps what a child was below a component under an alias', async () => {
    const state = memoryStateStore();
    const program = (name: string, options: string): string => `${SDK}
      const group = new pulumi.ComponentResource('small:index:Group', '${name}', {}, ${options});
      export const result = new random.RandomString('${name}-text', { length: 12 }, { parent: group }).result;`;
    const first = await runOf(program('old', '{}'), { mode: 'update', state });
    const second = await runOf(program('new', "{ aliases: [{ name: 'old' }] }"), { mode: 'update', state });
    assert.equal(second.outputs['result'], first.outputs['result']);
  });

  it('that is interrupted loses nothing of what the last update left', async () => {
    const options = stackOf(PASSWORDS);
    await run({ ...options, mode: 'update' });
    const before = await options.state.read('small', 'dev');
    const controller = new AbortController();
    const interrupted = runOf(`console.log('started');\nsetInterval(() => {}, 1000);`, {
      ...{ mode: 'update', state: options.state, signal: controller.signal },
      onEvent: (event) => event.kind === 'output' && controller.abort(new Error('interrupted')),
    });
    await assert.rejects(interrupted, { message: 'interrupted' });
    const after = await options.state.read('small', 'dev');
    assert.deepEqual(after?.outputs, before?.outputs);
    const password = 'urn:pulumi:dev::small::random:index/randomPassword:RandomPassword::password';
    assert.notEqual(after?.resources[password], undefined);
    assert.deepEqual(after?.resources[password], before?.resources[password]);
  });

  describe('with hooks', () => {
    const hooked = (body: string, options = '{}'): string => `${SDK}
      const hook = new pulumi.ResourceHook('noticed', async (args) => { ${body} }, ${options});
      new k8s.core.v1.ConfigMap('a', { metadata: { name: 'a' } }, { hooks: { afterCreate: [hook] } });`;
    const says = hooked("console.log('noticed ' + args.name + ' ' + args.newOutputs.kind);");

    async function linesOf(program: string, mode: RunOptions['mode']): Promise<string[]> {
      const lines: string[] = [];
      const onEvent: RunOptions['onEvent'] = (event) => void (event.kind === 'output' && lines.push(event.line));
      await runOf(program, { mode, onEvent });
      return lines;
    }

    it('calls them in an update, and in a preview only if they ask for it', async () => {
      assert.deepEqual(await linesOf(says, 'update'), ['noticed a ConfigMap']);
      assert.deepEqual(await linesOf(says, 'preview'), []);
      const onDryRun = says.replace('{});', '{ onDryRun: true });');
      assert.deepEqual(await linesOf(onDryRun, 'preview'), ['noticed a ConfigMap']);
    });

    it('fails in the words of a hook that fails', async () => {
      const { diagnostics, ok } = await runOf(hooked("throw new Error('not now');"), { mode: 'update' });
      assert.equal(ok, false);
      assert.match(
        diagnostics.map(({ message }) => message).join(),
        /^The hook 'noticed' of urn:.*::a failed: .*not now/,
      );
    });
  });
});
