import assert from 'node:assert/strict';
import path from 'node:path';
import { deploy, memoryStateStore } from '../../local/engine/index.ts';
import { buildAll } from '../../scripts/lib/build.ts';
import { SDK, smallStacks } from '../local/engine/support/small-stack.ts';

const PACK = path.resolve(import.meta.dirname, '../../policy-pack');
/** The tests may run on a Saturday. */
const config = { 'saturday-freeze': 'disabled' } as const;

/** A queue whose policy of eviction is told by a resource that is yet to be made. */
const QUEUE = `${SDK}
const late = new random.RandomId('late', { byteLength: 4 });
const conf = late.hex.apply((hex) => ['port 0', 'tls-port 6379', 'tls-cluster yes', 'tls-replication yes', 'tls-protocols "TLSv1.3"',
  'aclfile /etc/users.acl', 'appendonly yes', 'maxmemory-policy ' + (hex === '' ? 'noeviction' : 'allkeys-lru')].join('\\n'));
new k8s.core.v1.ConfigMap('queue', { metadata: { name: 'queue' }, data: { 'redis.conf': conf } });`;

/** A budget beside Pods whose number is told so. */
const REPLICAS = `${SDK}
const late = new random.RandomInteger('late', { min: 3, max: 3 });
const labels = { app: 'a' };
new k8s.networking.v1.NetworkPolicy('deny', { metadata: { name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } });
new k8s.apps.v1.Deployment('app', { metadata: { name: 'app' }, spec: { replicas: late.result, selector: { matchLabels: labels },
  template: { metadata: { labels }, spec: { automountServiceAccountToken: false, containers: [],
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } } } } });`;

describe('A deployment under the policy pack, with values that the preview cannot know', () => {
  const { stackOf } = smallStacks();

  before(async () => {
    await buildAll();
  });

  it('stops at the resource that turns out to violate a rule, before that is made', async () => {
    const state = memoryStateStore();
    const { ok, preview, update } = await deploy(stackOf(QUEUE, { policyPacks: [{ dir: PACK, config }], state }));
    assert.deepEqual([ok, preview.ok, preview.violations], [false, true, []]);
    assert.deepEqual(
      update?.violations.map(({ policy, level, message }) => [policy, level, message]),
      [
        [
          'queue-durability',
          'mandatory',
          'A queue keeps every job: on disk, and when its memory is full.\n' +
            'ConfigMap default/queue: maxmemory-policy in data["redis.conf"] is "allkeys-lru". With its memory full, the queue would ' +
            'throw jobs away. Set it to noeviction; producers get an error and try again.',
        ],
      ],
    );
    const made = Object.keys((await state.read('small', 'dev'))?.resources ?? {}).map((urn) => urn.split('::').at(-1));
    assert.deepEqual([made.includes('late'), made.includes('queue')], [true, false]);
  });

  it('is refused at its end where only the whole stack shows the violation', async () => {
    const { ok, preview, update } = await deploy(stackOf(REPLICAS, { policyPacks: [{ dir: PACK, config }] }));
    assert.deepEqual([ok, preview.ok, preview.violations], [false, true, []]);
    assert.deepEqual(
      update?.violations.map(({ policy, level }) => [policy, level]),
      [['disruption-budgets', 'mandatory']],
    );
  });
}).timeout(60_000);
