import path from 'node:path';
import { PolicyPack } from '@pulumi/policy';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { systemClock } from '@wedsync/domain';
import { stackRules } from './all-rules.ts';
import { emergencyFrom, TOKEN_VARIABLE } from './freeze/emergency.ts';
import { bookingsIn } from './freeze/plan.ts';
import { policyOf } from './rule.ts';
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

// Only a preview may be asked for as of another time.
const season = () => ({ now: systemClock.now(), asked: isDryRun() ? process.env['WEDSYNC_AT'] : undefined });

new PolicyPack('wedsync', {
  enforcementLevel: 'mandatory',
  policies: [policyOf(saturdayFreezeRule(moment)), ...stackRules(season).map(policyOf)],
});
