import { UserError } from '../errors.ts';
import { isObject, type PropertyMap } from '../values.ts';

/** What a violated policy does, in the order of the protocol's numbers. */
export const LEVELS = ['advisory', 'mandatory', 'disabled', 'remediate'] as const;
export type EnforcementLevel = (typeof LEVELS)[number];

/** Level and properties of each policy by name, as in a file for `--policy-config`; `all` speaks for every policy. */
export type PolicyConfig = Readonly<Record<string, EnforcementLevel | PolicySettings>>;
export type PolicySettings = Readonly<{ enforcementLevel?: EnforcementLevel } & Record<string, unknown>>;

/** What a pack says of one of its policies. */
export interface PolicyInfo {
  readonly name: string;
  readonly level: EnforcementLevel;
  /** JSON schemas of the policy's properties, by name. */
  readonly properties: Readonly<Record<string, PropertyMap>>;
  readonly required: readonly string[];
}

/** A policy's settings after all sources have been joined. */
export interface ReconciledPolicy {
  readonly level: EnforcementLevel;
  readonly properties: PropertyMap;
}

/**
 * Joins what a pack declares, what its code configures, and what the user configures; the later wins, and within one
 * source a policy's own entry wins over `all`. Throws a UserError that names the policy and what is wrong.
 */
export function reconcile(
  policies: readonly PolicyInfo[],
  initial: PolicyConfig,
  given: PolicyConfig,
): Map<string, ReconciledPolicy> {
  checkNames(policies, given);
  return new Map(
    policies.map((policy) => {
      const sources = [initial, given].flatMap((config) => [onlyLevel(config['all'], 'all'), config[policy.name]]);
      const settings = sources.map((entry) => parse(entry, policy.name));
      const level = settings.reduce((current, entry) => entry.level ?? current, policy.level);
      const properties = Object.assign(
        {},
        defaultsOf(policy),
        ...settings.map((entry) => entry.properties),
      ) as PropertyMap;
      checkProperties(policy, properties);
      return [policy.name, { level, properties }];
    }),
  );
}

function checkNames(policies: readonly PolicyInfo[], given: PolicyConfig): void {
  const known = policies.map((policy) => policy.name);
  const unknown = Object.keys(given).find((name) => name !== 'all' && !known.includes(name));
  if (unknown === undefined) return;
  throw new UserError(`The policy configuration names '${unknown}'; the pack has ${known.join(', ')}.`);
}

function defaultsOf(policy: PolicyInfo): PropertyMap {
  const schemas = Object.entries(policy.properties).filter(([, schema]) => schema['default'] !== undefined);
  return Object.fromEntries(schemas.map(([name, schema]) => [name, schema['default']]));
}

/** `all` can set a level only: properties belong to one policy. */
function onlyLevel(entry: PolicyConfig[string] | undefined, name: string): EnforcementLevel | undefined {
  return parse(entry, name).level;
}

function parse(entry: unknown, policy: string): { level: EnforcementLevel | undefined; properties: PropertyMap } {
  if (entry === undefined) return { level: undefined, properties: {} };
  if (!isObject(entry)) return { level: parseLevel(entry, policy), properties: {} };
  const { enforcementLevel, ...properties } = entry;
  return { level: enforcementLevel === undefined ? undefined : parseLevel(enforcementLevel, policy), properties };
}

function parseLevel(level: unknown, policy: string): EnforcementLevel {
  const found = LEVELS.find((each) => each === level);
  if (found !== undefined) return found;
  throw new UserError(
    `The policy configuration of '${policy}' has level ${JSON.stringify(level)}; allowed are ${LEVELS.join(', ')}.`,
  );
}

function checkProperties({ name, properties: schemas, required }: PolicyInfo, properties: PropertyMap): void {
  for (const key of required) {
    if (properties[key] === undefined) throw new UserError(`The policy '${name}' needs '${key}' in its configuration.`);
  }
  for (const [key, value] of Object.entries(properties)) {
    const schema = schemas[key];
    if (schema !== undefined) checkValue(`'${key}' of the policy '${name}'`, schema, value);
  }
}

/** Checks the parts of JSON Schema that say what one value may be. */
function checkValue(what: string, schema: PropertyMap, value: unknown): void {
  const { type, enum: choices, minimum, maximum } = schema;
  const types = [type].flat().filter((each) => typeof each === 'string');
  if (types.length > 0 && !types.some((each) => hasType(each, value))) {
    throw new UserError(`${what} must be of type ${types.join(' or ')}, but is ${JSON.stringify(value)}.`);
  }
  if (Array.isArray(choices) && !choices.includes(value)) {
    throw new UserError(`${what} is ${JSON.stringify(value)}; allowed are ${choices.join(', ')}.`);
  }
  const least = typeof minimum === 'number' ? minimum : -Infinity;
  const most = typeof maximum === 'number' ? maximum : Infinity;
  if (typeof value === 'number' && (value < least || value > most)) {
    throw new UserError(`${what} is ${value}; it must be from ${least} to ${most}.`);
  }
}

function hasType(type: unknown, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return isObject(value);
  return typeof value === type;
}
