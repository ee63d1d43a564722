import { UserError } from '../errors.ts';
import { isObject } from '../values.ts';

/** The types that Pulumi.yaml may give a configuration key. */
const TYPES = ['string', 'integer', 'boolean', 'array', 'object'] as const;

export interface ConfigType {
  readonly name: (typeof TYPES)[number];
  /** What an array holds; `undefined` for every other type. */
  readonly items: ConfigType | undefined;
}

/** One entry of `config:` in Pulumi.yaml. */
export interface ConfigDeclaration {
  /** With its namespace: `wedsync:platform`. */
  readonly key: string;
  /** Undefined if the entry only gives a value. */
  readonly type: ConfigType | undefined;
  /** What holds where the stack says nothing; undefined if the stack must say it. */
  readonly fallback: unknown;
  readonly secret: boolean;
}

/** Puts the project's name before a key that has no namespace; `ns:config:key` is an older spelling of `ns:key`. */
export function qualify(key: string, project: string): string {
  const parts = key.split(':');
  if (parts.length === 1) return `${project}:${key}`;
  return parts.length === 3 && parts[1] === 'config' ? `${parts[0]}:${parts[2]}` : key;
}

/** Parses the `config:` section of Pulumi.yaml. Throws a UserError that names file and key. */
export function parseDeclarations(section: unknown, project: string, file: string): ConfigDeclaration[] {
  if (section === undefined || section === null) return [];
  if (!isObject(section)) throw new UserError(`${file}: 'config' must be a map of keys.`);
  return Object.entries(section).map(([key, entry]) => parseDeclaration(qualify(key, project), key, entry, file));
}

function parseDeclaration(key: string, given: string, entry: unknown, file: string): ConfigDeclaration {
  if (!isObject(entry) || !['type', 'default', 'value', 'description', 'secret'].some((name) => name in entry)) {
    return { key, type: undefined, fallback: entry ?? undefined, secret: false };
  }
  const declaration: ConfigDeclaration = {
    key,
    type: entry['type'] === undefined ? undefined : parseType(entry, given, file),
    fallback: entry['default'] ?? entry['value'],
    secret: entry['secret'] === true,
  };
  const { type, fallback } = declaration;
  if (type === undefined || fallback === undefined) return declaration;
  const where = `the default in ${file}`;
  // The CLI reads what a stack file says as text, but a default as it is written.
  if (type.name === 'string' && typeof fallback !== 'string') throw mistyped(key, type, fallback, where);
  checkType(declaration, fallback, where);
  return declaration;
}

function parseType(entry: Record<string, unknown>, given: string, file: string): ConfigType {
  const { type: name, items } = entry;
  if (!isTypeName(name)) {
    throw new UserError(
      `${file}: config '${given}' has type ${JSON.stringify(name)}; allowed are ${TYPES.join(', ')}.`,
    );
  }
  if (name !== 'array') return { name, items: undefined };
  if (!isObject(items))
    throw new UserError(`${file}: config '${given}' is an array; say of what, by 'items: { type: … }'.`);
  return { name, items: parseType(items, given, file) };
}

function isTypeName(name: unknown): name is ConfigType['name'] {
  return TYPES.includes(name as ConfigType['name']);
}

/** Throws a UserError that names key, value and type if the value is not of the declared type. */
export function checkType({ key, type }: ConfigDeclaration, value: unknown, where: string): void {
  if (type !== undefined && !fits(type, value)) throw mistyped(key, type, value, where);
}

function mistyped(key: string, type: ConfigType, value: unknown, where: string): UserError {
  return new UserError(
    `Configuration '${key}' must be of type ${described(type)}, but ${where} is ${JSON.stringify(value)}.`,
  );
}

function described({ name, items }: ConfigType): string {
  return items === undefined ? name : `${name} of ${described(items)}`;
}

/** As the CLI has it: a structure as text, say `'{"a": 1}'`, is text. */
function fits({ name, items }: ConfigType, value: unknown): boolean {
  switch (name) {
    case 'string':
      return !isObject(value) && !Array.isArray(value);
    case 'integer':
      return /^[+-]?\d+$/.test(String(value));
    case 'boolean':
      return value === true || value === false || value === 'true' || value === 'false';
    case 'array':
      return Array.isArray(value) && items !== undefined && value.every((item) => fits(items, item));
    case 'object':
      return isObject(value);
  }
}
