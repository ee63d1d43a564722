/** One property to be set, and its value: `['metadata', 'labels', 'app.kubernetes.io/part-of']`. */
export interface Remedy {
  readonly path: readonly [string, ...string[]];
  readonly value: string | boolean;
}

/**
 * Sets what the remedies name and gives the properties back; `undefined` where there is nothing to set, which leaves the resource
 * as it was. The properties are changed in place: a copy would have to read values that are not known yet, and @pulumi/policy
 * refuses that.
 */
export function applyRemedies(
  properties: Record<string, unknown>,
  remedies: readonly Remedy[],
): Record<string, unknown> | undefined {
  for (const { path, value } of remedies) set(properties, path, value);
  return remedies.length === 0 ? undefined : properties;
}

function set(target: Record<string, unknown>, [key, ...rest]: Remedy['path'], value: Remedy['value']): void {
  const [next, ...further] = rest;
  if (next === undefined) {
    target[key] = value;
    return;
  }
  target[key] ??= {};
  set(target[key] as Record<string, unknown>, [next, ...further], value);
}
