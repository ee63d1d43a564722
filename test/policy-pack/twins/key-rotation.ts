import type { TestResource } from '../support/resource.ts';
import type { Twin } from './twin.ts';

const key: TestResource = {
  type: 'aws:kms/key:Key',
  name: 'region-key',
  inputs: { enableKeyRotation: true, rotationPeriodInDays: 90 },
};
const rotation: TestResource = {
  type: 'aws:scheduler/schedule:Schedule',
  name: 'region-key-rotation',
  inputs: {
    scheduleExpression: 'rate(30 days)',
    target: { arn: 'arn:aws:scheduler:::aws-sdk:kms:rotateKeyOnDemand', input: '{"KeyId":"?"}' },
  },
  sources: { target: ['region-key'] },
};
const azure: TestResource = {
  type: 'azure-native:keyvault:Key',
  name: 'region-key',
  inputs: {
    properties: {
      rotationPolicy: { lifetimeActions: [{ action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P30D' } }] },
    },
  },
};
const google: TestResource = { type: 'gcp:kms/cryptoKey:CryptoKey', name: 'region-key', inputs: {} };
const LIFETIME = 'properties.rotationPolicy.lifetimeActions';

export const keyRotationTwins: readonly Twin[] = [
  {
    title: 'a key of AWS that rotates every 90 days',
    resources: [key, rotation],
    resource: 'region-key-rotation',
    field: 'scheduleExpression',
    violating: 'rate(90 days)',
    mended: 'rate(30 days)',
    says: 'rotationPeriodInDays is 90',
  },
  {
    title: 'a key of AWS that is said to rotate every quarter, by a calendar',
    resources: [key, rotation],
    resource: 'region-key-rotation',
    field: 'scheduleExpression',
    violating: 'cron(0 3 1 1,4,7,10 ? *)',
    mended: 'cron(0 3 1 * ? *)',
    says: 'aws:kms:Key region-key',
  },
  {
    title: 'a key of AWS whose rotation is switched off',
    resources: [key, rotation],
    resource: 'region-key-rotation',
    field: 'state',
    violating: 'DISABLED',
    mended: 'ENABLED',
    says: 'kms:rotateKeyOnDemand',
    // The schedule is what keeps the rule; that somebody switches it off is known or it is not so.
  },
  {
    title: 'a key of Google that never rotates',
    resources: [google],
    resource: 'region-key',
    field: 'rotationPeriod',
    violating: undefined,
    mended: '2592000s',
    says: 'rotationPeriod is not set',
  },
  {
    title: 'a key of Google that rotates every quarter',
    resources: [google],
    resource: 'region-key',
    field: 'rotationPeriod',
    violating: '7776000s',
    mended: '2678400s',
    says: 'rotationPeriod is "7776000s"',
  },
  {
    title: 'a key of Azure that rotates after three months',
    resources: [azure],
    resource: 'region-key',
    field: `${LIFETIME}[0].trigger.timeAfterCreate`,
    violating: 'P3M',
    mended: 'P1M',
    says: 'timeAfterCreate is "P3M"',
  },
  {
    title: 'a key of Azure that only tells somebody',
    resources: [azure],
    resource: 'region-key',
    field: `${LIFETIME}[0].action.type`,
    violating: 'notify',
    mended: 'rotate',
    says: 'longer than 31 days',
    hidden: false,
  },
];
