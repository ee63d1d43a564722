import { UserError } from '../errors.ts';
import { packageOf } from '../urn.ts';
import type { FillUnknown } from './output-only.ts';
import type { ResourceProvider } from './provider.ts';

/** Previews any package, and refuses to pretend that it made something. */
export function genericProvider(fillUnknown: FillUnknown): ResourceProvider {
  return {
    check: ({ inputs }) => inputs,
    preview: ({ type, inputs, previous }) => ({ id: previous?.id ?? '', outputs: fillUnknown(type, inputs) }),
    create: async ({ type, urn }) => {
      throw new UserError(`There is no provider for ${type} on one machine (${urn}); use the Pulumi CLI to update it.`);
    },
    invoke: async (token, _args, dryRun) => {
      if (dryRun) return undefined;
      throw new UserError(`There is no provider for ${packageOf(token)} on one machine, so ${token} has no answer.`);
    },
  };
}
