import { PolicyPack } from '@pulumi/policy';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { systemClock } from '@wedsync/domain';
import { policyOf } from './rule.ts';
import { encryptionInTransit } from './rules/encryption-in-transit.ts';
import { imagePinned } from './rules/image-pinned.ts';
import { noPlaintextSecrets } from './rules/no-plaintext-secrets.ts';
import { noWildcardRbac } from './rules/no-wildcard-rbac.ts';
import { podSecurity } from './rules/pod-security.ts';
import { redisNotExposed } from './rules/redis-not-exposed.ts';
import { redisTopology } from './rules/redis-topology.ts';
import { saturdayFreezeRule } from './rules/saturday-freeze.ts';
import { keepWireForm } from './values/wire.ts';

keepWireForm();

const moment = () => ({ clock: systemClock, asked: process.env['WEDSYNC_AT'], dryRun: isDryRun() });

new PolicyPack('wedsync', {
  enforcementLevel: 'mandatory',
  policies: [
    policyOf(saturdayFreezeRule(moment)),
    policyOf(redisTopology),
    policyOf(redisNotExposed),
    policyOf(encryptionInTransit),
    policyOf(noPlaintextSecrets),
    policyOf(noWildcardRbac),
    policyOf(podSecurity),
    policyOf(imagePinned),
  ],
});
