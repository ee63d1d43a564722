/**
 * Property values as the Pulumi protocol carries them: plain JSON in which a few marked objects and one marked string
 * stand for secrets, outputs, references and values that are not known yet.
 */
export type PropertyMap = Record<string, unknown>;

/** The key that marks an object as more than data. */
export const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

/** The string that stands for a value known only after an update. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** A value that must not be shown: `{ [SIGNATURE]: …, value }`. */
export interface Secret {
  readonly [SIGNATURE]: typeof SECRET;
  readonly value: unknown;
}

/** True for a plain object, marked or not; false for arrays, null and primitives. */
export function isObject(value: unknown): value is PropertyMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isSecret(value: unknown): value is Secret {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** Marks a value as secret; a secret stays as it is. */
export function secret(value: unknown): Secret {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** Changes every property of an object. */
export function mapObject(object: PropertyMap, change: (value: unknown, key: string) => unknown): PropertyMap {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

/** Takes the marks of secrecy away, or puts `mask` where a secret was. */
export function strip(value: unknown, mask?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, mask));
  if (isSecret(value)) return mask ?? strip(value.value);
  return isObject(value) ? mapObject(value, (item) => strip(item, mask)) : value;
}

export function stripMap(map: PropertyMap, mask?: string): PropertyMap {
  return strip(map, mask) as PropertyMap;
}

/** True if a value that is not known yet is anywhere inside. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** True if a secret is anywhere inside. */
export function hasSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isObject(value) && Object.values(value).some(hasSecret);
}

/** Puts the marks of secrecy of `before` on the same paths of `after`, which came back from a policy or a provider. */
export function keepSecrets(before: unknown, after: unknown): unknown {
  if (isSecret(before)) return secret(isSecret(after) ? after : keepSecrets(before.value, after));
  if (isSecret(after)) return after;
  if (Array.isArray(before) && Array.isArray(after)) {
    return after.map((item, index) => keepSecrets(before[index], item));
  }
  if (isObject(before) && isObject(after)) return mapObject(after, (item, key) => keepSecrets(before[key], item));
  return after;
}

export function keepSecretsMap(before: PropertyMap, after: PropertyMap): PropertyMap {
  return keepSecrets(before, after) as PropertyMap;
}
