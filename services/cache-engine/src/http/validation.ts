import type { FastifySchemaCompiler } from 'fastify';
import { type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Errors } from 'typebox/value';
import { isJsonObject } from '../engine/json.ts';
import { meantBranches } from './meant-branches.ts';
import { fieldProblem, Problem, type FieldProblem } from './problem.ts';

/** An error as the schema validator reports it. */
interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: object;
  readonly message: string;
}

/** What a field is told that the schema does not have. */
const UNKNOWN_FIELD = 'is not allowed here';

/** A whole number or a decimal, as a query string writes it. */
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/**
 * Validates requests with the compiled schema from which the types and the OpenAPI document come too. A request that
 * fails gets a problem that names the fields and says, from their descriptions, what is allowed there.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  const numbers = httpPart === 'querystring' ? numbersOf(schema) : [];
  return (given: unknown) => {
    const value = numbers.length === 0 ? given : withNumbers(given, numbers);
    if (compiled.Check(value)) return { value };
    const meant = meantBranches(schema, value);
    if ('member' in meant)
      return { error: fieldProblem(`#/${meant.member}`, `must be one of ${meant.choices.join(', ')}`) };
    const errors = meant.branches.flatMap((branch) => Errors(branch, value));
    return { error: problemWith(schema, errors, httpPart ?? 'request') };
  };
};

/** The problem with a value of which the schema reports these errors. `part` is where the value came from. */
function problemWith(schema: TSchema, errors: readonly SchemaError[], part: string): Problem {
  const fields = new Map<string, FieldProblem>();
  for (const error of deepest(errors)) {
    for (const path of pathsOf(error)) {
      const pointer = `#${path}`;
      if (!fields.has(pointer)) fields.set(pointer, { pointer, detail: detailOf(schema, path, error) });
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
  return Array.isArray(names) ? names.map((name) => `${instancePath}/${escaped(String(name))}`) : [instancePath];
}

/** A name as a step of a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function detailOf(schema: TSchema, path: string, { keyword, message }: SchemaError): string {
  if (keyword === 'boolean' || keyword === 'additionalProperties') return UNKNOWN_FIELD;
  return allowedAt(schema, path) ?? message;
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

/** The members of an object schema that are numbers: a query string can only write them as texts. */
function numbersOf(schema: TSchema): readonly string[] {
  const { properties = {} } = schema as { properties?: Record<string, { type?: unknown }> };
  return Object.keys(properties).filter((name) => ['integer', 'number'].includes(String(properties[name]?.type)));
}

function withNumbers(given: unknown, names: readonly string[]): unknown {
  if (!isJsonObject(given)) return given;
  const read = names.flatMap((name) => {
    const text = given[name];
    return typeof text === 'string' && NUMBER.test(text) ? [[name, Number(text)] as const] : [];
  });
  return { ...given, ...Object.fromEntries(read) };
}
