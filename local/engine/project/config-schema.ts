import { UserError } from '../errors.ts';
import { isObject } from '../values.ts';

/** The types that Pulumi.yaml may give a configuration key. */
const TYPES = ['string', 'integer', 'boolean', 'array', 'object'] as const;
type ConfigType = (typeof TYPES)[number];

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
  const type = entry['type'];
  if (type !== undefined && !TYPES.includes(type as ConfigType)) {
    throw new UserError(
      `${file}: config '${given}' has type ${JSON.stringify(type)}; allowed are ${TYPES.join(', ')}.`,
    );
  }
  const declaration: ConfigDeclaration = {
    key,
    type: type as ConfigType | undefined,
    fallback: entry['default'] ?? entry['value'],
    secret: entry['secret'] === true,
  };
  if (declaration.fallback !== undefined) checkType(declaration, declaration.fallback, `the default in ${file}`);
  return declaration;
}

/** Throws a UserError that names key, value and type if the value is not of the declared type. */
export function checkType({ key, type }: ConfigDeclaration, value: unknown, where: string): void {
  if (type === undefined || fits(type, value)) return;
  throw new UserError(`Configuration '${key}' must be of type ${type}, but ${where} is ${JSON.stringify(value)}.`);
}

function fits(type: ConfigType, value: unknown): boolean {
  switch (type) {
    case 'string':
      return !isObject(value) && !Array.isArray(value);
    case 'integer':
      return /^[+-]?\d+$/.test(String(value));
    case 'boolean':
      return value === true || value === false || value === 'true' || value === 'false';
    case 'array':
      return Array.isArray(fromJson(value));
    case 'object':
      return isObject(fromJson(value));
  }
}

/** Overrides and Pulumi's own environment carry structures as JSON text. */
function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
