import type { FastifySchemaCompiler } from 'fastify';
import { type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { isJsonObject } from '../engine/json.ts';
import { Problem, type FieldProblem } from './problem.ts';

/** An error as the schema validator reports it. */
interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: object;
  readonly message: string;
}

/**
 * Validates requests with the compiled schema from which the types and the OpenAPI document come too. A request that
 * fails gets a problem that names the fields and says, from their descriptions, what is allowed there.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (value: unknown) => {
    if (compiled.Check(value)) return { value };
    return { error: problemWith(schema, compiled.Errors(value), httpPart ?? 'request') };
  };
};

function problemWith(schema: TSchema, errors: readonly SchemaError[], part: string): Problem {
  const fields = new Map<string, FieldProblem>();
  for (const error of deepest(errors)) {
    for (const path of pathsOf(error)) {
      const pointer = `#${path}`;
      if (!fields.has(pointer)) fields.set(pointer, { pointer, detail: allowedAt(schema, path) ?? error.message });
    }
  }
  const list = [...fields.values()];
  const detail = list.map(({ pointer, detail }) => `${nameOf(pointer, part)} ${detail}`).join('; ');
  return new Problem('invalid-request', `${detail}.`, { fields: list });
}

/** Of the errors of all branches of a union, those of the branch that the value comes nearest to. */
function deepest(errors: readonly SchemaError[]): readonly SchemaError[] {
  return errors.filter(
    ({ instancePath }) => !errors.some((other) => other.instancePath.startsWith(`${instancePath}/`)),
  );
}

/** The fields that an error is about: the ones that are missing or superfluous rather than the object around them. */
function pathsOf({ instancePath, params }: SchemaError): readonly string[] {
  const { requiredProperties, additionalProperties } = params as Record<string, unknown>;
  const names = requiredProperties ?? additionalProperties;
  return Array.isArray(names) ? names.map((name) => `${instancePath}/${String(name)}`) : [instancePath];
}

/** `must be …` from the description of the schema at `path`. */
function allowedAt(schema: TSchema, path: string): string | undefined {
  let at: unknown = schema;
  for (const step of path.split('/').slice(1)) at = child(at, step);
  const description = isJsonObject(at) ? at['description'] : undefined;
  return typeof description === 'string' ? `must be ${description}` : undefined;
}

function child(schema: unknown, step: string): unknown {
  if (!isJsonObject(schema)) return undefined;
  const branches = schema['anyOf'];
  if (Array.isArray(branches))
    return branches.map((branch) => child(branch, step)).find((found) => found !== undefined);
  const properties = schema['properties'];
  if (isJsonObject(properties) && Object.hasOwn(properties, step)) return properties[step];
  return schema['items'];
}

function nameOf(pointer: string, part: string): string {
  return pointer === '#' ? `The ${part}` : pointer.slice(2).replaceAll('/', '.');
}
