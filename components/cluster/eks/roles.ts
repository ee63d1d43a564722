import { Role } from '@pulumi/aws/iam/role.js';
import { RolePolicyAttachment } from '@pulumi/aws/iam/rolePolicyAttachment.js';
import type { CustomResourceOptions, Resource } from '@pulumi/pulumi';

/** A service of AWS that takes on a role; Pods do by way of `pods.eks`. */
export type Principal = 'eks' | 'ec2' | 'pods.eks' | 'scheduler';

/** A role and the attachments without which it may do nothing yet. */
export interface AwsRole {
  readonly role: Role;
  readonly rights: readonly Resource[];
}

/** A role with policies of AWS' own, by their names. */
export function awsRole(
  name: string,
  { principal, policies }: { readonly principal: Principal; readonly policies: readonly string[] },
  tags: Readonly<Record<string, string>>,
  options: CustomResourceOptions,
): AwsRole {
  const role = new Role(name, { name, assumeRolePolicy: trust(principal), tags: { ...tags } }, options);
  const rights = policies.map(
    (policy) =>
      new RolePolicyAttachment(
        `${name}-${policy.split('/').at(-1) ?? policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        options,
      ),
  );
  return { role, rights };
}

function trust(principal: Principal): string {
  const sessions = principal === 'pods.eks' || principal === 'eks';
  const statement = {
    Effect: 'Allow',
    Principal: { Service: `${principal}.amazonaws.com` },
    Action: ['sts:AssumeRole', ...(sessions ? ['sts:TagSession'] : [])],
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
