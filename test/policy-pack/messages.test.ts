import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { judgeAll, RULES } from './support/rules.ts';
import { TWINS } from './twins/index.ts';
import { violatingStack } from './twins/twin.ts';

/** What each rule says of its first twin, word for word. */
const MESSAGES: Readonly<Record<string, string>> = {
  'pod-security':
    'Deployment cache/cache-engine, container engine: spec.template.spec.containers[0].securityContext.privileged is true. A privileged container owns its host. Set it to false or leave it out.',
  'image-pinned':
    'Deployment cache/cache-engine, container engine: spec.template.spec.containers[0].image is "node:24.1.0". Without a digest, the registry decides what runs. Add the digest of this version: @sha256:<64 digits>.',
  'redis-version':
    'StatefulSet redis/cache-1, container redis: spec.template.spec.containers[0].image is "redis:8.2.2@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb". That version has 5 known holes, the newest of them redis/redis#15673 (2026-09; list as of 2026-11-25). A queued transaction reaches keys whose permissions were revoked meanwhile. Use 8.2.10 or later.',
  'redis-topology':
    'StatefulSet redis/cache-1: spec.replicas is 1. Shard 1 of the Redis Cluster redis/cache has no replica: its answers are lost with its one node. Set it to 2, a master and its replica.',
  'redis-zone-spread':
    "StatefulSet redis/cache-1: spec.template.spec.topologySpreadConstraints is not set. Nothing keeps the master and its replica out of one zone, where both would fall together. Add a constraint over topology.kubernetes.io/zone with maxSkew 1 and whenUnsatisfiable DoNotSchedule that selects the shard's Pods.",
  'disruption-budgets':
    'StatefulSet redis/cache-0: its disruption budget is not set. When machines are drained, all its Pods may be taken at once. Add a PodDisruptionBudget with maxUnavailable 1 that selects its Pods.',
  'allowed-regions':
    'aws:ec2:Vpc placed: region is "eu-west-1". Data may not lie in eu-west-1, whose law couples were not promised. Use one of uksouth, ukwest, eu-west-2, europe-west2, or have the region added to the rule\'s settings.',
  'encryption-in-transit':
    'ConfigMap redis/cache-configuration: port in data["redis.conf"] is "6379". Redis would also listen in plaintext. Set it to 0; clients use tls-port.',
  'encryption-at-rest':
    'aws:ebs:Volume judged: encrypted is not set. Data would lie on disks in the clear. Set it to true.',
  'key-rotation':
    'aws:kms:Key region-key: rotationPeriodInDays is 90. A key that leaks would open everything for longer than 31 days. Add an aws.scheduler.Schedule that calls kms:rotateKeyOnDemand for it every 31 days or oftener.',
  'backup-copies':
    'BackupStorageLocation velero/near: the number of places for backups is 2 (near, far, offsite). Fewer than 3 copies do not outlive a mistake and a fire. Add locations until there are 3, in different buckets.',
  'backup-schedule':
    'Schedule velero/every-quarter: spec.schedule is "*/30 * * * *". More than 15 minutes of changes would be lost with the region. Let it come every 15 minutes: "*/15 * * * *".',
  'queue-durability':
    'ConfigMap redis/settings: maxmemory-policy in data["redis.conf"] is "allkeys-lru". With its memory full, the queue would throw jobs away. Set it to noeviction; producers get an error and try again.',
  'redis-users':
    'Secret redis/users: user default in stringData["users.acl"] is "on nopass ~* +@all". Whoever names no user is this one. Turn it off, and give each client a user of its own.',
  'redis-not-exposed':
    'Service redis/cache: spec.type is "LoadBalancer". It opens Redis to networks outside the cluster. Clients of Redis run inside the cluster; use a Service of type ClusterIP.',
  'default-deny':
    'Namespace redis: metadata.name is "redis". No policy of the namespace redis refuses what nobody allowed (Ingress and Egress), so everything passes. Add a NetworkPolicy with an empty podSelector, policyTypes Ingress and Egress, and no rules.',
  'no-wildcard-rbac':
    'Role cache/cache-engine: rules[0].verbs[0] is "*". It grants what nobody has thought of yet. List what is needed.',
  'no-plaintext-secrets':
    'Deployment cache/cache-engine, container engine: spec.template.spec.containers[0].env[3].value is set (not shown here). ADMIN_TOKEN is a secret, and everybody who may read the Pod can read it. Keep it in a Secret, mount that as a file and name the file.',
  safeguards:
    'aws:s3:BucketVersioning judged: versioningConfiguration.mfaDelete is "Disabled". A stolen password alone would be enough. Set it to Enabled. To leave it as it is, leave it out.',
  'season-bounds':
    "HorizontalPodAutoscaler cache/cache-engine: spec.minReplicas is 10. Fewer than 25 engines cannot serve uk-south in the peak season. Keep it from 25 to 200, or change the rule's settings with those who pay for it.",
  'budget-alerts':
    'aws:budgets:Budget month: notifications is []. It would be spent before anybody knew. Add a notification with a threshold and a subscriber.',
};

describe('Messages', () => {
  for (const [rule, message] of Object.entries(MESSAGES)) {
    it(`of ${rule} say who, which field, its value, what is wrong and what to do`, async () => {
      const [twin] = TWINS[rule] ?? [];
      assert.ok(twin);
      const [first] = await judgeAll(violatingStack(twin));
      assert.equal(first?.message, message);
    });
  }

  it('come from rules that the README names, each with its row', async () => {
    const readme = await readFile(new URL('../../policy-pack/README.md', import.meta.url), 'utf8');
    for (const { name } of RULES)
      assert.match(readme, new RegExp(`^\\| \\[${name}\\]\\(rules/${name}\\.ts\\) +\\| \\d`, 'm'));
  });

  it('are held here for every rule', () => {
    assert.deepEqual(Object.keys(MESSAGES).sort(), Object.keys(TWINS).sort());
  });
});
