import { RoleAssignment } from '@pulumi/azure-native/authorization/roleAssignment.js';
import { type CustomResourceOptions, type Input, interpolate, type Output } from '@pulumi/pulumi';

/** Azure's built-in roles, the same in every tenant. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const ROLES = {
  'Network Contributor': '4d97b98b-1d4f-4787-a291-c67834d212e7',
  'Key Vault Crypto User': '12338af0-0e69-4776-bea7-57ae8d297424',
  'Key Vault Crypto Service Encryption User': 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  'Key Vault Contributor': 'f25e0fa2-a7c8-4377-a976-54943a77a395',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
} as const;
export type RoleName = keyof typeof ROLES;

export interface Grant {
  readonly role: RoleName;
  /** The managed identity that gets the role. */
  readonly to: Input<string>;
  /** The id of the resource at which it has it. */
  readonly at: Output<string>;
}

/** Gives a managed identity a role at one resource, and no more. */
export function grant(name: string, { role, to, at }: Grant, options: CustomResourceOptions): RoleAssignment {
  // An id begins with /subscriptions/ID/.
  const subscription = at.apply((id) => id.split('/').slice(0, 3).join('/'));
  return new RoleAssignment(
    name,
    {
      principalId: to,
      principalType: 'ServicePrincipal',
      roleDefinitionId: interpolate`${subscription}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[role]}`,
      scope: at,
    },
    options,
  );
}
