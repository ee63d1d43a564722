import { isJsonObject, type JsonObject } from '../engine/json.ts';

/** An error as the schema validator reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: object;
  readonly message: string;
}

/**
 * Of the errors of a value against a union of objects, those that say something about what was meant: of the branches which
 * the value's own discriminator names and whose required members it has. A discriminator that names none is the one error.
 * Errors of any other schema are given back as they are.
 */
export function meantErrors(schema: object, value: unknown, errors: readonly SchemaError[]): readonly SchemaError[] {
  const branches = 'anyOf' in schema ? schema.anyOf : undefined;
  if (!Array.isArray(branches) || !isJsonObject(value) || !branches.every(isJsonObject)) return errors;
  let meant = branches.map((branch, index) => ({ branch: branch, index }));
  for (const name of discriminators(branches)) {
    const chosen = meant.filter(({ branch }) => constantOf(branch, name) === value[name]);
    if (chosen.length === 0) return [unknownChoice(name, branches)];
    meant = chosen;
  }
  const whole = meant.filter(({ branch }) => requiredOf(branch).every((name) => Object.hasOwn(value, name)));
  const paths = (whole.length > 0 ? whole : meant).map(({ index }) => `#/anyOf/${index}`);
  return errors.filter(({ schemaPath }) =>
    paths.some((path) => schemaPath === path || schemaPath.startsWith(`${path}/`)),
  );
}

/** The members that are a constant in every branch. */
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

function unknownChoice(name: string, branches: readonly JsonObject[]): SchemaError {
  const choices = [...new Set(branches.map((branch) => String(constantOf(branch, name))))].join(', ');
  return {
    instancePath: `/${name}`,
    schemaPath: '#',
    keyword: 'const',
    params: {},
    message: `must be one of ${choices}`,
  };
}
