import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { changeFreezeAt } from '@wedsync/domain';
import type { PolicyConfig } from '../../local/engine/policy/levels.ts';
import type { Violation } from '../../local/engine/policy/violation.ts';
import { buildAll } from '../../scripts/lib/build.ts';
import { goodStack, object } from './good-stack.ts';
import { withField } from './support/edit.ts';
import { Judge, type JudgeOptions } from './support/judge.ts';
import { type TestStack, UNKNOWN } from './support/resource.ts';
import { TWINS } from './twins/index.ts';
import { saturdayFreezeTwins } from './twins/saturday-freeze.ts';
import { mendedStack, violatingStack } from './twins/twin.ts';

/** Rules on seasons judge an update by the day on which the tests run, and so does the freeze. */
const BY_THE_DAY = { 'saturday-freeze': 'disabled', 'season-bounds': 'disabled' } as const;

describe('The policy pack, compiled and asked as the Pulumi engine asks it', () => {
  let judge: Judge;
  let update: Judge;

  before(async () => {
    await buildAll();
    judge = await Judge.start();
    update = await Judge.start({ dryRun: false, config: BY_THE_DAY });
  });
  after(async () => {
    await judge[Symbol.asyncDispose]();
    await update[Symbol.asyncDispose]();
  });

  it('has nothing to say about a good region', async () => {
    assert.deepEqual(await judge.judge(goodStack()), []);
  });

  // All twins are judged in twins.test.ts; here one of each rule goes the whole way, in a preview and in an update.
  for (const [rule, [twin]] of Object.entries(TWINS)) {
    if (!twin) continue;
    it(`refuses ${twin.title} by ${rule}, and accepts its twin`, async () => {
      const violations = await judge.judge(violatingStack(twin));
      assert.deepEqual([...new Set(violations.map(({ policy }) => policy))], [rule]);
      assert.ok(violations.every(({ level }) => level === 'mandatory'));
      assert.ok(violations.some(({ message }) => message.includes(twin.says)));
      assert.deepEqual(await judge.judge(mendedStack(twin)), []);
      if (rule in BY_THE_DAY) return;
      const again = await update.judge(violatingStack(twin));
      assert.deepEqual(
        again.map(({ policy, message, level }) => [policy, message, level]),
        violations.map(({ policy, message, level }) => [policy, message, level]),
      );
    });
  }

  describe('saturday-freeze', () => {
    for (const { title, stack, violating, mended, says } of saturdayFreezeTwins) {
      it(`refuses ${title}, and accepts its twin`, async () => {
        const [[violation, ...others], accepted] = await Promise.all([
          judgeOnce(goodStack(), { stack, at: violating }),
          judgeOnce(goodStack(), { stack, at: mended }),
        ]);
        assert.equal(violation?.policy, 'saturday-freeze');
        assert.match(violation.urn, /::pulumi:pulumi:Stack::/);
        assert.ok(violation.message.includes(says), violation.message);
        assert.deepEqual(others, []);
        assert.deepEqual(accepted, []);
      });
    }

    it('judges an update by the present time, whatever WEDSYNC_AT says', async () => {
      const { frozen } = changeFreezeAt(Date.now(), 'Europe/London');
      const at = frozen ? '2026-04-15T12:00:00Z' : '2026-04-18T12:00:00Z';
      const violations = await judgeOnce(goodStack(), { at, dryRun: false });
      assert.equal(violations.length > 0, frozen);
    });
  });

  describe('settings', () => {
    const ghcr = withField(
      goodStack(),
      'engine',
      'spec.template.spec.containers[0].image',
      `ghcr.io/wedsync/engine:1.0.0@sha256:${'a'.repeat(64)}`,
    );

    it('take the list of approved registries', async () => {
      const registries = ['docker.io/library', 'wedsync.azurecr.io', 'ghcr.io/wedsync'];
      assert.equal((await judge.judge(ghcr)).length, 1);
      assert.deepEqual(await judgeOnce(ghcr, { config: { 'image-pinned': { registries } } }), []);
    });

    it('are taken as the README shows them', async () => {
      const readme = await readFile(new URL('../../policy-pack/README.md', import.meta.url), 'utf8');
      const example = /```json\n(.*?)```/s.exec(readme)?.[1] ?? '';
      const options = { at: '2026-04-18T12:00:00Z', config: JSON.parse(example) as PolicyConfig };
      assert.deepEqual(
        (await judgeOnce(ghcr, options)).map(({ policy, level }) => [policy, level]),
        [['saturday-freeze', 'advisory']],
      );
    });

    it('take the level of a rule: an advisory freeze only warns', async () => {
      const options = { at: '2026-04-18T12:00:00Z', config: { 'saturday-freeze': 'advisory' } } as const;
      const [violation] = await judgeOnce(goodStack(), options);
      assert.equal(violation?.level, 'advisory');
    });
  });

  describe('remediation, where a stack asks for it', () => {
    let mending: Judge;

    before(async () => {
      const config = { 'encryption-at-rest': 'remediate', 'pod-security': 'remediate' } as const;
      mending = await Judge.start({ config });
    });
    after(async () => {
      await mending[Symbol.asyncDispose]();
    });

    const volume = (inputs: Record<string, unknown>) => ({ type: 'aws:ebs/volume:Volume', name: 'data', inputs });
    const classOf = (inputs: Record<string, unknown>) =>
      object('storage.k8s.io/v1', 'StorageClass', 'fast', { provisioner: 'ebs.csi.aws.com', ...inputs });
    const namespaceOf = (labels: Record<string, string> | undefined) =>
      object('core/v1', 'Namespace', 'space', { metadata: { name: 'space', ...(labels && { labels }) } });
    const enforced = 'pod-security.kubernetes.io/enforce';

    it('switches on the encryption of a volume, beside what is not known yet', async () => {
      const { inputs, applied } = await mending.remediate(volume({ size: 10, kmsKeyId: UNKNOWN, encrypted: false }));
      assert.deepEqual(inputs, { size: 10, kmsKeyId: UNKNOWN, encrypted: true });
      assert.deepEqual(
        applied.map(({ policy }) => policy),
        ['encryption-at-rest'],
      );
    });

    it('switches it on in a class that has no parameters, as text', async () => {
      assert.deepEqual((await mending.remediate(classOf({}))).inputs['parameters'], { encrypted: 'true' });
    });

    it('puts the label on a namespace that has none, and leaves the other labels', async () => {
      const { inputs } = await mending.remediate(namespaceOf({ team: 'a' }));
      assert.deepEqual(inputs['metadata'], { name: 'space', labels: { team: 'a', [enforced]: 'restricted' } });
      assert.deepEqual((await mending.remediate(namespaceOf(undefined))).inputs['metadata'], {
        name: 'space',
        labels: { [enforced]: 'restricted' },
      });
    });

    it('overrules nobody: another standard, unknown switches and what is right stay, and the first is refused', async () => {
      for (const resource of [
        namespaceOf({ [enforced]: 'baseline' }),
        volume({ encrypted: UNKNOWN }),
        volume({ encrypted: true }),
        classOf({ parameters: UNKNOWN }),
      ]) {
        assert.deepEqual((await mending.remediate(resource)).applied, []);
      }
      const [violation] = await mending.judge([...goodStack(), namespaceOf({ [enforced]: 'baseline' })]);
      assert.deepEqual([violation?.policy, violation?.level], ['pod-security', 'mandatory']);
    });

    it('is not done where no stack asked for it', async () => {
      assert.deepEqual((await judge.remediate(volume({ encrypted: false }))).applied, []);
    });
  });

  describe('values that are known only after the update', () => {
    it('pass a preview', async () => {
      const stack = withField(goodStack(), 'engine', 'spec.template.spec.containers[0].image', UNKNOWN);
      assert.deepEqual(await judge.judge(stack), []);
    });

    for (const field of ['image', 'securityContext', 'env', 'ports', 'livenessProbe.httpGet.scheme', 'args']) {
      it(`hide nothing beside them: an unknown ${field}, and a Pod on its host's network`, async () => {
        const unknown = withField(goodStack(), 'engine', `spec.template.spec.containers[0].${field}`, UNKNOWN);
        const violations = await judge.judge(withField(unknown, 'engine', 'spec.template.spec.hostNetwork', true));
        assert.deepEqual(
          violations.map(({ policy, level }) => [policy, level]),
          [['pod-security', 'mandatory']],
        );
      });
    }

    it('hide no violation of the whole stack: one unknown number of nodes, and a shard without a replica', async () => {
      const unknown = withField(goodStack(), 'redis-cache-0', 'spec.replicas', UNKNOWN);
      const violations = await judge.judge(withField(unknown, 'redis-cache-1', 'spec.replicas', 1));
      assert.deepEqual(
        violations.map(({ policy }) => policy),
        ['redis-topology'],
      );
    });
  });
});

/** What a pack that runs for this one question alone says. */
async function judgeOnce(stack: TestStack, options: JudgeOptions): Promise<Violation[]> {
  await using own = await Judge.start(options);
  return await own.judge(stack);
}
