import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy, kubernetesObjects, memoryStateStore } from '../../../local/engine/index.ts';
import { writePack } from './support/project.ts';
import { SDK, smallStacks } from './support/small-stack.ts';

describe('a run under policies', () => {
  const { folder, packOf, runOf, stackOf } = smallStacks();

  const TWO = `${SDK}for (const name of ['good', 'bad']) new k8s.core.v1.ConfigMap(name, { metadata: { name } });`;
  const NO_BAD = `{ name: 'no-bad', description: 'Nothing bad.', enforcementLevel: 'mandatory',
    validateResource: (args, report) => { if (args.name === 'bad') report('It is bad.'); } }`;

  it('is not ok if a mandatory one is violated, and a deployment stops after the preview', async () => {
    const state = memoryStateStore();
    const { ok, preview, update } = await deploy(stackOf(TWO, { policyPacks: packOf(NO_BAD), state }));
    assert.deepEqual([ok, preview.ok, update], [false, false, undefined]);
    assert.deepEqual(
      preview.violations.map(({ policy, level, urn }) => [policy, level, urn.split('::').at(-1)]),
      [['no-bad', 'mandatory', 'bad']],
    );
    assert.equal(await state.read('small', 'dev'), undefined);
  });

  it('is ok if it is only advised, and a deployment goes on to the update', async () => {
    const policyPacks = packOf(NO_BAD, { 'no-bad': 'advisory' });
    const { ok, update } = await deploy(stackOf(TWO, { policyPacks }));
    assert.equal(ok, true);
    assert.equal(update?.violations.length, 1);
    assert.deepEqual(
      update?.policyPacks.map(({ name, version }) => `${name}@${version}`),
      ['small-pack@1.0.0'],
    );
  });

  it('does not hear of a disabled one', async () => {
    const { violations } = await runOf(TWO, { policyPacks: packOf(NO_BAD, { all: 'disabled' }) });
    assert.deepEqual(violations, []);
  });

  it('is judged again in the update, with values that the preview could not know', async () => {
    const program = `${SDK}const id = new random.RandomId('id', { byteLength: 4 });
      new k8s.core.v1.ConfigMap('late', { metadata: { name: 'late' }, data: { id: id.hex } });`;
    const policy = `{ name: 'no-id', description: 'No ids.', enforcementLevel: 'mandatory',
      validateResource: ({ props }, report) => { if (/^[0-9a-f]{8}$/.test(props.data?.id ?? '')) report('An id.'); } }`;
    const { ok, preview, update } = await deploy(stackOf(program, { policyPacks: packOf(policy) }));
    assert.deepEqual([ok, preview.ok, update?.ok], [false, true, false]);
    assert.match(preview.violations[0]?.message ?? '', /can't run policy 'no-id' .* during preview/);
    assert.deepEqual(update?.diagnostics, []);
    assert.equal(update?.violations[0]?.level, 'mandatory');
  });

  it('leaves nothing in the temporary folder of the machine, but what Node keeps compiled', async () => {
    const TMPDIR = mkdtempSync(join(tmpdir(), 'wedsync-policies-'));
    try {
      const { ok } = await runOf(TWO, { policyPacks: packOf(NO_BAD), environment: { TMPDIR } });
      assert.equal(ok, false);
      assert.deepEqual(
        readdirSync(TMPDIR).filter((name) => name !== 'node-compile-cache'),
        [],
      );
    } finally {
      rmSync(TMPDIR, { recursive: true });
    }
  });

  it('tells packs whether they judge a preview or an update', async () => {
    const dir = writePack(
      folder(),
      `{ name: 'mode', description: 'Says the mode.', enforcementLevel: 'advisory',
        validateResource: (args, report) => { if (args.type === 'pulumi:pulumi:Stack') report(isDryRun() ? 'preview' : 'update'); } }`,
      `import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';`,
    );
    const { preview, update } = await deploy(stackOf('', { policyPacks: [{ dir }] }));
    assert.match(preview.violations[0]?.message ?? '', /preview$/);
    assert.match(update?.violations[0]?.message ?? '', /update$/);
  });

  it('keeps secrets secret that a remediation returned in the clear', async () => {
    const program = `${SDK}new k8s.core.v1.Secret('s', { metadata: { name: 's' }, stringData: { p: 'hidden' } });`;
    const policy = `{ name: 'owner', description: 'An owner.', enforcementLevel: 'remediate',
      remediateResource: ({ type, props }) => type.endsWith(':Secret') ? { ...props, metadata: { ...props.metadata, labels: { owner: 'a' } } } : undefined }`;
    const result = await runOf(program, { policyPacks: packOf(policy) });
    assert.deepEqual(
      result.remediations.map(({ policy: name, urn }) => [name, urn.split('::').at(-1)]),
      [['owner', 's']],
    );
    assert.deepEqual(kubernetesObjects(result, '[secret]')[0], {
      ...{ apiVersion: 'v1', kind: 'Secret', stringData: '[secret]' },
      metadata: { name: 's', labels: { owner: 'a' } },
    });
  });

  it('fails once, in the words of a pack that can not start', async () => {
    const dir = writePack(folder(), '', `throw new Error('no licence');`);
    const { diagnostics, ok } = await runOf(TWO, { policyPacks: [{ dir }] });
    assert.equal(ok, false);
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0]?.message ?? '', /^The policy pack in \S* can't start: no licence$/);
  });

  it('fails if a pack does not start in time', async () => {
    // No await: a file that has one is refused at once.
    const dir = writePack(folder(), '', `while (true);`);
    const options = { policyPacks: [{ dir }], policyTimeLimit: 300 };
    const { diagnostics } = await runOf(TWO, options);
    assert.match(diagnostics[0]?.message ?? '', /can't start: it did not answer within 0\.3 s\.$/);
  });

  it('fails if a policy does not answer in time', async () => {
    const policy = `{ name: 'slow', description: 'Never done.', enforcementLevel: 'advisory', validateResource: () => new Promise(() => {}) }`;
    // The pack has to start within the limit as well, on a machine that does much else.
    const { diagnostics } = await runOf(TWO, { policyPacks: packOf(policy), policyTimeLimit: 5_000 });
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0]?.message ?? '', /^The policy pack small-pack failed: Deadline exceeded/);
  });

  it('fails in the words of a policy that throws', async () => {
    const policy = `{ name: 'broken', description: 'Throws.', enforcementLevel: 'advisory', validateResource: () => { throw new Error('oh no'); } }`;
    const { diagnostics } = await runOf(TWO, { policyPacks: packOf(policy) });
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0]?.message ?? '', /policy 'broken' from policy pack 'small-pack@v1\.0\.0'[^]*oh no/);
  });

  it('fails if its configuration names a policy that the pack does not have', async () => {
    const { diagnostics } = await runOf(TWO, { policyPacks: packOf(NO_BAD, { 'no-worse': 'advisory' }) });
    assert.deepEqual(
      diagnostics.map(({ message }) => message),
      ["The policy configuration names 'no-worse'; the pack has no-bad."],
    );
  });
});
