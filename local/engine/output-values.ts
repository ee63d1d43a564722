import { isObject, isSecret, mapObject, secret, SIGNATURE, UNKNOWN, type PropertyMap } from './values.ts';

const OUTPUT = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
const REFERENCE = '5cf8f73096256a8f31e491e813e4eb8e';

/** A value together with what it depends on; without `value` it is unknown. */
interface OutputValue {
  readonly [SIGNATURE]: typeof OUTPUT;
  readonly value?: unknown;
  readonly secret?: boolean;
  readonly dependencies?: readonly string[];
}

function isOutputValue(value: unknown): value is OutputValue & PropertyMap {
  return isObject(value) && value[SIGNATURE] === OUTPUT;
}

/** Replaces outputs by what the engine stores: the plain value, a secret, or the unknown marker. */
export function flatten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flatten);
  if (isOutputValue(value)) {
    const plain = 'value' in value ? flatten(value.value) : UNKNOWN;
    return value.secret ? secret(plain) : plain;
  }
  if (isSecret(value)) return secret(flatten(value.value));
  return isObject(value) ? mapObject(value, flatten) : value;
}

export function flattenMap(map: PropertyMap): PropertyMap {
  return flatten(map) as PropertyMap;
}

/**
 * The inverse of `flatten`, for values that go to the program's transforms: secrets and unknowns become outputs, so that
 * each stays one where it is instead of making everything around it secret or unknown.
 */
export function unflatten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unflatten);
  if (value === UNKNOWN) return { [SIGNATURE]: OUTPUT };
  if (isSecret(value))
    return { [SIGNATURE]: OUTPUT, secret: true, ...(value.value === UNKNOWN ? {} : { value: unflatten(value.value) }) };
  if (!isObject(value)) return value;
  // The runtime reads a reference with an empty id as one to a resource that does not exist yet.
  if (value[SIGNATURE] === REFERENCE) return value['id'] === UNKNOWN ? { ...value, id: '' } : value;
  return mapObject(value, unflatten);
}

/** Gives a value dependencies of its own, so that they travel with it. */
export function withDependencies(value: unknown, dependencies: readonly string[]): unknown {
  const marked = { [SIGNATURE]: OUTPUT, dependencies };
  if (isOutputValue(value)) return { ...value, dependencies };
  return { ...marked, value };
}

/** The URNs that outputs anywhere in the value depend on, each once, in the order met. */
export function dependenciesOf(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (current: unknown): void => {
    if (Array.isArray(current)) current.forEach(visit);
    else if (isObject(current)) {
      if (isOutputValue(current)) current.dependencies?.forEach((urn) => found.add(urn));
      Object.values(current).forEach(visit);
    }
  };
  visit(value);
  return [...found];
}

/** Puts a resource's id, or its URN if it has none, in the place of a reference to it: policy packs know no references. */
export function withoutReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === REFERENCE) return value['id'] ?? value['urn'];
  return mapObject(value, withoutReferences);
}
