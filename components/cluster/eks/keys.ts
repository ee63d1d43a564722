import { RolePolicy } from '@pulumi/aws/iam/rolePolicy.js';
import { Alias } from '@pulumi/aws/kms/alias.js';
import { Key } from '@pulumi/aws/kms/key.js';
import { Schedule } from '@pulumi/aws/scheduler/schedule.js';
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  jsonStringify,
  type Output,
  output,
} from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';
import { awsRole } from './roles.ts';

/** AWS rotates a key by itself every 90 days at the most often. */
const OWN_ROTATION_DAYS = 90;
/** The longest wait before a key that somebody deletes is gone, in days. */
const DELETION_WINDOW_DAYS = 30;
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/**
 * The key of secrets, disks and logs. AWS' own rotation is not monthly, so a schedule rotates the key beside it. AWS allows 25 such
 * rotations in a key's life; after nearly two years the schedule fails, AWS' own rotation goes on, and a new cluster is due.
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-on-demand.html
 */
export class EksKey extends ComponentResource {
  readonly arn: Output<string>;

  /** `accountArn`: the ARN of anything in the account, which says which account it is. */
  constructor(name: string, plan: ClusterPlan, accountArn: Input<string>, options?: ComponentResourceOptions) {
    super('wedsync:cluster:EksKey', name, {}, options);
    const parent = { parent: this };
    const region = plan.place.location;
    const key = new Key(
      name,
      {
        region,
        description: `Secrets, disks and logs of ${plan.name}`,
        keyUsage: 'ENCRYPT_DECRYPT',
        customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        enableKeyRotation: true,
        rotationPeriodInDays: OWN_ROTATION_DAYS,
        deletionWindowInDays: DELETION_WINDOW_DAYS,
        policy: output(accountArn).apply((arn) => keyPolicy(arn.split(':')[4] ?? '', plan)),
        tags: plan.tags,
      },
      { parent: this, protect: true },
    );
    new Alias(name, { region, name: `alias/${name}`, targetKeyId: key.keyId }, parent);

    const { role } = awsRole(`${name}-rotation`, { principal: 'scheduler', policies: [] }, plan.tags, parent);
    const right = new RolePolicy(
      `${name}-rotation`,
      {
        role: role.name,
        policy: jsonStringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'kms:RotateKeyOnDemand', Resource: key.arn }],
        }),
      },
      parent,
    );
    new Schedule(
      `${name}-rotation`,
      {
        region,
        description: `Rotates the key of ${plan.name} every month`,
        scheduleExpression: `rate(${plan.keyRotationDays} days)`,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: 'arn:aws:scheduler:::aws-sdk:kms:rotateKeyOnDemand',
          roleArn: role.arn,
          input: jsonStringify({ KeyId: key.arn }),
        },
      },
      { parent: this, dependsOn: right },
    );
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** Who may use the key: the account by its own rights, volumes of the account's machines, and the cluster's log group. */
function keyPolicy(account: string, { name, place: { location } }: ClusterPlan): string {
  const logGroups = `arn:aws:logs:${location}:${account}:log-group:/aws/eks/${name}/*`;
  const volumes = { 'kms:CallerAccount': account, 'kms:ViaService': `ec2.${location}.amazonaws.com` };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'Volumes',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [...USE, 'kms:CreateGrant'],
        Resource: '*',
        Condition: { StringEquals: volumes },
      },
      {
        Sid: 'Logs',
        Effect: 'Allow',
        Principal: { Service: `logs.${location}.amazonaws.com` },
        Action: USE,
        Resource: '*',
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
      },
    ],
  });
}
