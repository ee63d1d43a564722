import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { changeFreezeAt } from '@wedsync/domain';
import type { PolicyConfig } from '../../local/engine/policy/levels.ts';
import type { Violation } from '../../local/engine/policy/violation.ts';
import { buildAll } from '../../scripts/lib/build.ts';
import { goodStack } from './good-stack.ts';
import { withField } from './support/edit.ts';
import { Judge, type JudgeOptions } from './support/judge.ts';
import { type TestStack, UNKNOWN } from './support/resource.ts';
import { encryptionInTransitTwins } from './twins/encryption-in-transit.ts';
import { imagePinnedTwins } from './twins/image-pinned.ts';
import { noPlaintextSecretsTwins } from './twins/no-plaintext-secrets.ts';
import { noWildcardRbacTwins } from './twins/no-wildcard-rbac.ts';
import { podSecurityTwins } from './twins/pod-security.ts';
import { redisNotExposedTwins } from './twins/redis-not-exposed.ts';
import { redisTopologyTwins } from './twins/redis-topology.ts';
import { saturdayFreezeTwins } from './twins/saturday-freeze.ts';
import { mendedStack, violatingStack } from './twins/twin.ts';

const TWINS = {
  'redis-topology': redisTopologyTwins,
  'redis-not-exposed': redisNotExposedTwins,
  'encryption-in-transit': encryptionInTransitTwins,
  'no-plaintext-secrets': noPlaintextSecretsTwins,
  'no-wildcard-rbac': noWildcardRbacTwins,
  'pod-security': podSecurityTwins,
  'image-pinned': imagePinnedTwins,
};

describe('The policy pack, compiled and asked as the Pulumi engine asks it', () => {
  let judge: Judge;

  before(async () => {
    await buildAll();
    judge = await Judge.start();
  });
  after(async () => {
    await judge[Symbol.asyncDispose]();
  });

  it('has nothing to say about a good region', async () => {
    assert.deepEqual(await judge.judge(goodStack()), []);
  });

  for (const [rule, twins] of Object.entries(TWINS)) {
    describe(rule, () => {
      for (const twin of twins) {
        it(`refuses ${twin.title}, and accepts its twin`, async () => {
          const violations = await judge.judge(violatingStack(twin));
          assert.deepEqual([...new Set(violations.map(({ policy }) => policy))], [rule]);
          assert.ok(violations.every(({ level }) => level === 'mandatory'));
          const messages = violations.map(({ message }) => message).join('\n');
          assert.ok(messages.includes(twin.says), `${JSON.stringify(twin.says)} is not in:\n${messages}`);
          assert.deepEqual(await judge.judge(mendedStack(twin)), []);
        });
      }
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
