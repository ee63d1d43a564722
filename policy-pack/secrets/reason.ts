import type { Field } from '../values/field.ts';
import { credentialIn } from './credentials.ts';

/** Why a value is a secret whatever its name: Pulumi keeps it as one, or it has a credential's form. */
export function reasonOf(value: Field): string | undefined {
  if (value.ownSecret) return 'Pulumi keeps this value secret';
  const credential = value.text === undefined ? undefined : credentialIn(value.text);
  return credential === undefined ? undefined : `It holds ${credential}`;
}
