import { KEY_ROTATION_DAYS } from '@wedsync/domain';
import { daysBetweenRuns, daysOf } from '../cloud/duration.ts';
import { titleOf } from '../cloud/title.ts';
import { plainType } from '../cloud/type.ts';
import { type Finding, objection } from '../message.ts';
import type { JudgedResource } from '../resource.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

export interface RotationSettings {
  /** Days between rotations at most. */
  readonly days?: number;
}

/** What AWS Scheduler calls to rotate a key at once; KMS by itself rotates every 90 days at the oftenest. */
const ROTATE_ON_DEMAND = /:kms:rotateKeyOnDemand$/i;

/** Keys of Google and Azure: their own policy says when they rotate. */
export function checkOwnPolicy(
  resource: JudgedResource,
  { days = KEY_ROTATION_DAYS }: RotationSettings = {},
): Finding[] {
  const { properties } = resource;
  switch (plainType(resource.type)) {
    case 'gcp:kms:CryptoKey':
      // Keys for signatures cannot rotate by themselves.
      return properties.at('purpose').isSet && !properties.at('purpose').is('ENCRYPT_DECRYPT')
        ? []
        : late(resource, properties.at('rotationPeriod'), days, `Set it to ${days * 86_400}s or less.`);
    case 'azure-native:keyvault:Key':
      return checkAzure(resource, properties.at('properties', 'rotationPolicy', 'lifetimeActions'), days);
    default:
      return [];
  }
}

function checkAzure(resource: JudgedResource, actions: Field, days: number): Finding[] {
  const rotating = actions.items().find((action) => /^rotate$/i.test(action.at('action', 'type').text ?? ''));
  const fix = `Rotate it ${days} days after its creation, or sooner: a lifetime action "rotate" with timeAfterCreate P${days - 1}D.`;
  return late(resource, rotating ? rotating.at('trigger', 'timeAfterCreate') : actions, days, fix);
}

function late(resource: JudgedResource, field: Field, days: number, fix: string): Finding[] {
  if (field.unknown || (daysOf(field.text ?? '') ?? Infinity) <= days) return [];
  return [objection(titleOf(resource), field, lateFor(days), fix)];
}

/** Keys of AWS: a schedule beside them must rotate them, as KMS itself does so every 90 days at the oftenest. */
export function checkSchedules(
  resources: readonly JudgedResource[],
  { days = KEY_ROTATION_DAYS }: RotationSettings = {},
): Finding[] {
  const schedules = resources.filter(
    ({ type, properties }) =>
      plainType(type) === 'aws:scheduler:Schedule' && ROTATE_ON_DEMAND.test(properties.at('target', 'arn').text ?? ''),
  );
  return resources
    .filter(({ type, properties }) => plainType(type) === 'aws:kms:Key' && isSymmetric(properties))
    .filter((key) => !rotatesByItself(key.properties, days))
    .filter((key) => !schedules.some((schedule) => rotates(schedule, key, days)))
    .map((key) => {
      const enabled = key.properties.at('enableKeyRotation');
      return {
        ...objection(
          titleOf(key),
          enabled.isNot(true) ? enabled : key.properties.at('rotationPeriodInDays'),
          lateFor(days),
          `Add an aws.scheduler.Schedule that calls kms:rotateKeyOnDemand for it every ${days} days or oftener.`,
        ),
        urn: key.urn,
      };
    });
}

function lateFor(days: number): string {
  return `A key that leaks would open everything for longer than ${days} days.`;
}

function isSymmetric(key: Field): boolean {
  const kind = key.at('customerMasterKeySpec');
  return kind.isAbsent || kind.is('SYMMETRIC_DEFAULT');
}

function rotatesByItself(key: Field, days: number): boolean {
  const [enabled, period] = [key.at('enableKeyRotation'), key.at('rotationPeriodInDays')];
  return enabled.unknown || period.unknown || (enabled.is(true) && (period.number ?? Infinity) <= days);
}

function rotates({ properties, sources }: JudgedResource, key: JudgedResource, days: number): boolean {
  const expression = properties.at('scheduleExpression');
  const often = expression.unknown || (daysBetweenRuns(expression.text ?? '') ?? Infinity) <= days;
  const off = properties.at('state').is('DISABLED');
  const input = properties.at('target', 'input').text ?? '';
  const names = ['keyId', 'arn', 'id'].map((name) => key.properties.at(name).text).filter((name) => name !== undefined);
  const ofThisKey = sources?.['target']?.includes(key.urn) === true || names.some((name) => input.includes(name));
  return often && !off && ofThisKey;
}

export const keyRotation: Rule<RotationSettings> = {
  name: 'key-rotation',
  description: 'Keys rotate every month.',
  configSchema: {
    properties: {
      days: {
        type: 'integer',
        minimum: 1,
        maximum: 366,
        description: 'Days between rotations at most.',
        default: KEY_ROTATION_DAYS,
      },
    },
  },
  checkResource: checkOwnPolicy,
  checkStack: (_, resources, settings) => checkSchedules(resources, settings),
};
