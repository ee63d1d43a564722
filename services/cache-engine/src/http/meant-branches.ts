import type { TSchema } from 'typebox';
import { isJsonObject, type JsonObject } from '../engine/json.ts';

/** What a value that no branch of a union takes was meant to be: the branches to tell about, or the choice that is none. */
export type Meant =
  { readonly branches: readonly TSchema[] } | { readonly member: string; readonly choices: readonly string[] };

/**
 * Of a union of objects, the branches that the value's own discriminator names and whose required members it has, so that only
 * what is wrong with these is told. Any other schema is its own only branch.
 */
export function meantBranches(schema: TSchema, value: unknown): Meant {
  const all = 'anyOf' in schema ? schema.anyOf : undefined;
  if (!Array.isArray(all) || !isJsonObject(value) || !all.every(isJsonObject)) return { branches: [schema] };
  let meant: readonly JsonObject[] = all;
  for (const member of discriminators(all)) {
    const chosen = meant.filter((branch) => constantOf(branch, member) === value[member]);
    if (chosen.length === 0)
      return { member, choices: [...new Set(all.map((branch) => String(constantOf(branch, member))))] };
    meant = chosen;
  }
  const whole = meant.filter((branch) => requiredOf(branch).every((name) => Object.hasOwn(value, name)));
  return { branches: whole.length > 0 ? whole : meant };
}

/** The required members that are a constant in every branch. */
function discriminators(branches: readonly JsonObject[]): readonly string[] {
  return requiredOf(branches[0] ?? {}).filter((name) =>
    branches.every((branch) => constantOf(branch, name) !== undefined),
  );
}

function constantOf(branch: JsonObject, name: string): unknown {
  const properties = branch['properties'];
  const property = isJsonObject(properties) ? properties[name] : undefined;
  return isJsonObject(property) ? property['const'] : undefined;
}

function requiredOf(branch: JsonObject): readonly string[] {
  const required = branch['required'];
  return Array.isArray(required) ? (required as readonly string[]) : [];
}
