import path from 'node:path';
import { PolicyPack } from '@pulumi/policy';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { systemClock } from '@wedsync/domain';
import { emergencyFrom, TOKEN_VARIABLE } from './freeze/emergency.ts';
import { bookingsIn } from './freeze/plan.ts';
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

// The pack runs as policy-pack/dist/index.js of the clone from which is deployed.
const clone = path.resolve(import.meta.dirname, '../..');
const moment = () => ({
  bookings: bookingsIn(clone),
  emergency: emergencyFrom(process.env[TOKEN_VARIABLE], clone),
  clock: systemClock,
  asked: process.env['WEDSYNC_AT'],
  dryRun: isDryRun(),
});

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
